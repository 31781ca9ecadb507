"""A helper as a loop over what it is called with, and the keys that its queries ask for."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.orm import bindings, hints
from codemods.orm.events import Loop, Run
from codemods.orm.flow import Flow
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.key_loops import Level
from codemods.orm.keys import KeyPart, is_harmless
from codemods.orm.scope import Scope
from codemods.orm.slices import Slice
from codemods.orm.values import ANYTHING, Items, Plain, Tuple, Unknown, Value
from codemods.patch import Code, Copied


class HelperScope(Scope):
    """A function whose body is seen as that of a loop over one or several of its parameters.

    Args:
        item: the parameters.
        items: a name for all that the function is called with.
        given: what callers hand to parameters of which no annotation says anything.
        optional: parameters to which a caller hands None, whatever their annotation says.
        other: the same function seen as a loop over another parameter, which nobody needs any more.
    """

    def __init__(
        self,
        program: Program,
        code: Function,
        item: tuple[str, ...],
        items: str,
        given: Mapping[str, Value],
        optional: frozenset[str],
        other: HelperScope | None = None,
    ) -> None:
        super().__init__(program, code)
        self.optional = optional
        self.item = item
        self.items = items
        self.given = given
        self.other = other
        self.parameters: Mapping[str, Value] = {}

    @cached_property
    def flow(self) -> Flow:
        if self.other is not None:
            flow, self.parameters = self.other.flow, self.other.parameters
            for event in flow.events:
                event.loops = event.loops[1:]
            return flow
        flow, node = Flow(self.program, self.code), self.node
        assert not isinstance(node, ast.Module)
        hints.bind_parameters(flow, node)
        for name, value in self.given.items():
            if isinstance(flow.env.get(name), Unknown):
                flow.env[name] = value
        for name in self.optional:
            match flow.env.get(name):
                case Plain(kind=kind):
                    flow.env[name] = Plain(kind, True)
        self.parameters = dict(flow.env)
        flow.block(node.body)
        flow.root.env, flow.root.last = flow.env, len(flow.events) - 1
        return flow

    @property
    def invented(self) -> frozenset[str]:
        return frozenset({self.items})

    @cached_property
    def locals(self) -> frozenset[str]:
        """The names that the function binds itself, its parameters left out."""
        return assigned_in(self.node)

    @cached_property
    def loop(self) -> Loop:
        """The loop whose body this function is. Its events are told that they are in it."""
        flow, node = self.flow, self.node
        assert not isinstance(node, ast.Module)
        values = [self.parameters.get(name, ANYTHING) for name in self.item]
        value = values[0] if len(values) == 1 else Tuple(tuple(values))
        own = {a.arg: a for a in walk(node.args) if isinstance(a, ast.arg)}
        names: list[ast.expr] = [
            ast.copy_location(ast.Name(name, ast.Store()), own[name]) for name in self.item
        ]
        parameter = own[self.item[0]]
        target = names[0]
        if len(names) > 1:
            target = ast.copy_location(ast.Tuple(names, ast.Store()), parameter)
        iterable = ast.copy_location(ast.Name(self.items, ast.Load()), parameter)
        header = ast.For(target=target, iter=iterable, body=node.body, orelse=[])
        loop = Loop(
            node=ast.copy_location(header, node),
            owner=node,
            iterable=iterable,
            items=Items(value),
            element=value,
            parents=(),
            index=-1,
            statement=node.body[0],
            frame=flow.root,
            names=frozenset(self.item),
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
        for node in walk(statement):
            match node:
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    found |= {(n.asname or n.name).partition(".")[0] for n in names}
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(name)
                case ast.ClassDef(name=name) | ast.ExceptHandler(name=str() as name):
                    found.add(name)
    return frozenset(found)


@dataclass(frozen=True)
class Stored:
    """How the batch function reads what it has found for an item, and asks if there is any."""

    read: Code
    tested: Code


class HelperSlice(Slice):
    """The keys of one query of a helper, for each thing that the helper may be called with.

    Args:
        earlier: queries that have been sent before, and what reads their results.
        nest: the loop that the helper is seen in, and its own loops around the query.
    """

    def __init__(
        self,
        scope: HelperScope,
        run: Run,
        parts: tuple[KeyPart, ...],
        earlier: Mapping[ast.expr, Stored],
        nest: tuple[Loop, ...] = (),
    ) -> None:
        super().__init__(scope, run, parts, nest or (scope.loop,))
        self.earlier = earlier
        self.tests = False
        # whether what the helper is called with is read
        self.of_item = False
        # the variables of comprehensions
        self.own: set[ast.Name] = set()
        # how many statements come before the loop that binds a name
        self.entered: dict[str, int] = {}

    def level(self, loop: Loop, inner: Loop | None) -> Level:
        if loop is not self.nest[0]:
            self.entered.update(dict.fromkeys(loop.names, len(self.before)))
        return super().level(loop, inner)

    def guard(
        self, level: Level, test: ast.expr, holds: bool, node: ast.AST, stops: bool = False
    ) -> None:
        """A `return` leaves out this call, and no later one; an inner loop has later items."""
        if stops and level.loop is not self.nest[0]:
            self.skipped("after an exit that may come before it")
            return
        whole = test.operand if isinstance(test, ast.UnaryOp) else test
        self.tests = isinstance(whole, ast.Name) or whole in self.earlier
        super().guard(level, test, holds, node, False)
        self.tests = False

    def definition(self, name: ast.Name, position: int) -> Code | Copied | None:
        inside = self.before[self.entered.get(name.id, position) : position]
        bound = any(name.id in bindings.assigned_names(statement) for statement in inside)
        if name in self.own or (name.id in self.entered and not bound):
            return None
        for at in range(position - 1, -1, -1):
            statement = self.before[at]
            if name.id not in bindings.assigned_names(statement):
                continue
            match statement:
                case ast.Assign(targets=[ast.Name()], value=value) if value in self.earlier:
                    return self.code(value, at)
            break
        found = super().definition(name, position)
        self.of_item |= found is None and name.id in self.nest[0].names
        return found

    def take(self, name: str, value: ast.expr, level: Level) -> None:
        """What the helper takes out of a dict is no row that the loop has."""

    def evaluable(self, node: ast.expr, reads: bool = False) -> None:
        """What an earlier query has found is there, and so is a choice of it."""
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            self.chosen(node, reads)
        elif node not in self.earlier:
            super().evaluable(node, reads)

    def is_there(self, value: ast.expr) -> bool:
        return value in self.earlier or super().is_there(value)

    def chosen(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, reads: bool) -> None:
        names = {n.id for clause in node.generators for n in _names(clause.target)}
        self.own |= {n for n in _names(node) if n.id in names}
        for clause in node.generators:
            self.evaluable(clause.iter, reads)
            for test in clause.ifs:
                self.evaluable(test)
                self.raising |= not is_harmless(test, self.numbers)
        self.evaluable(node.elt, reads)
        self.raising |= not is_harmless(node.elt, self.numbers)

    def code(self, node: ast.expr, position: int) -> Code | Copied:
        stored = self.earlier.get(node)
        if stored is not None:
            self.of_item = True
            return stored.tested if self.tests else stored.read
        return super().code(node, position)


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (item for item in walk(node) if isinstance(item, ast.Name))


def stand_in(run: Run, call: ast.expr, loops: tuple[Loop, ...]) -> Run:
    """A query that is where the call is which leads to it."""
    found = copy.copy(run)
    found.node = found.expression = call
    found.loops = loops
    return found
