"""A helper as a loop over what it is called with, and the keys that its queries ask for."""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from functools import cached_property

from codemods.orm import bindings, hints
from codemods.orm.events import Loop, Run
from codemods.orm.flow import Flow
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.key_loops import Collection, Level
from codemods.orm.keys import KeyPart
from codemods.orm.scope import Scope
from codemods.orm.slices import Slice
from codemods.orm.values import ANYTHING, Items, Unknown, Value
from codemods.patch import Code, Copied


class HelperScope(Scope):
    """A function whose body is seen as that of a loop over one of its parameters.

    Args:
        item: the parameter.
        items: a name for all that the function is called with.
        given: what callers hand to parameters of which no annotation says anything.
    """

    def __init__(
        self, program: Program, code: Function, item: str, items: str, given: Mapping[str, Value]
    ) -> None:
        super().__init__(program, code)
        self.item = item
        self.items = items
        self.given = given

    @cached_property
    def flow(self) -> Flow:
        flow, node = Flow(self.program, self.code), self.node
        assert not isinstance(node, ast.Module)
        hints.bind_parameters(flow, node)
        for name, value in self.given.items():
            if isinstance(flow.env.get(name), Unknown):
                flow.env[name] = value
        self.value = flow.env.get(self.item, ANYTHING)
        flow.block(node.body)
        flow.root.env, flow.root.last = flow.env, len(flow.events) - 1
        return flow

    @cached_property
    def locals(self) -> frozenset[str]:
        """The names that the function binds itself, its parameters left out."""
        return assigned_in(self.node)

    @cached_property
    def loop(self) -> Loop:
        """The loop whose body this function is. Its events are told that they are in it."""
        flow, node = self.flow, self.node
        assert not isinstance(node, ast.Module)
        parameter = next(
            a for a in ast.walk(node.args) if isinstance(a, ast.arg) and a.arg == self.item
        )
        target = ast.copy_location(ast.Name(self.item, ast.Store()), parameter)
        iterable = ast.copy_location(ast.Name(self.items, ast.Load()), parameter)
        header = ast.For(target=target, iter=iterable, body=node.body, orelse=[])
        loop = Loop(
            node=ast.copy_location(header, node),
            owner=node,
            iterable=iterable,
            items=Items(self.value),
            element=self.value,
            parents=(),
            index=-1,
            statement=node.body[0],
            frame=flow.root,
            names=frozenset({self.item}),
            first=0,
            last=len(flow.events) - 1,
            assigned=self.locals,
        )
        for event in flow.events:
            event.loops = (loop, *event.loops)
        return loop


def assigned_in(node: ast.AST) -> frozenset[str]:
    """The names that a function binds itself, its parameters left out."""
    found: set[str] = set()
    for statement in getattr(node, "body", ()):
        found |= bindings.assigned_names(statement)
        for node in ast.walk(statement):
            match node:
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    found |= {(n.asname or n.name).partition(".")[0] for n in names}
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(name)
                case ast.ClassDef(name=name) | ast.ExceptHandler(name=str() as name):
                    found.add(name)
    return frozenset(found)


class HelperSlice(Slice):
    """The keys of one query of a helper, for each thing that the helper may be called with.

    Args:
        earlier: queries that have been sent before, and what reads their results.
    """

    def __init__(
        self,
        scope: HelperScope,
        run: Run,
        parts: tuple[KeyPart, ...],
        earlier: Mapping[ast.expr, Code],
    ) -> None:
        super().__init__(scope, run, parts, (scope.loop,))
        self.earlier = earlier

    def guard(
        self, level: Level, test: ast.expr, holds: bool, node: ast.AST, stops: bool = False
    ) -> None:
        """A `return` leaves out this call, and no later one."""
        super().guard(level, test, holds, node, False)

    def definition(self, name: ast.Name, position: int) -> tuple[ast.expr, int] | None:
        for at in range(position - 1, -1, -1):
            statement = self.before[at]
            if name.id not in bindings.assigned_names(statement):
                continue
            match statement:
                case ast.Assign(targets=[ast.Name()], value=value) if value in self.earlier:
                    return value, at
            break
        return super().definition(name, position)

    def code(self, node: ast.expr, position: int) -> Code | Copied:
        return self.earlier.get(node) or super().code(node, position)


def site_collection(
    scope: Scope, run: Run, call: ast.expr, loops: tuple[Loop, ...], part: KeyPart
) -> tuple[Run, Collection]:
    """What a loop calls a helper with, collected before the loop, and a stand-in for the query
    that is where the call is.

    Raises:
        NotCollectable: where that is known in the loop only.
    """
    from codemods.orm.slices import collect

    stand_in = copy.copy(run)
    stand_in.node = stand_in.expression = call
    stand_in.loops = loops
    return stand_in, collect(scope, stand_in, (part,))
