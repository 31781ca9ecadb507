"""What a rule looks at: one function (or a module's own statements) of one file."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from codemods.finding import Note, Role
from codemods.orm.events import Effect, Event, Exit, Loop, Read, Run
from codemods.orm.flow import Flow
from codemods.orm.frames import Code, Program
from codemods.orm.mentions import among_tests, has_tests
from codemods.orm.naming import bound_names, used_names
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.finding import Finding
    from codemods.settings import Settings

T = TypeVar("T")


class Scope:
    """One function with everything that happens in it.

    `name` is its qualified name in the file (`Service.report`), None for a module's statements.
    `owner` is the full name of the class that a method belongs to.
    """

    def __init__(self, program: Program, code: Code) -> None:
        self.program = program
        self.code = code
        self.index = program.index
        self.module = code.module
        self.source = code.source
        self.node = code.node
        self.name = code.facts.qualname if code.facts else None
        self.owner = code.owner
        self.decorators = code.decorators
        self._made: dict[object, object] = {}

    @property
    def key(self) -> tuple[str, str] | None:
        """What tells it from the other scopes of a file, also after the file has changed: its
        name, and the class below its own on which it is looked at; None for a module."""
        return (self.name, "") if self.name else None

    def one(self, make: Callable[[Scope], T]) -> T:
        """What is made of a scope once; it is gone with the scope."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    @property
    def tree(self) -> ast.Module:
        """The whole file."""
        return self.code.trees.whole

    @property
    def settings(self) -> Settings:
        return self.index.settings

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    @cached_property
    def flow(self) -> Flow:
        return Flow(self.program, self.code).run()

    @property
    def events(self) -> list[Event]:
        return self.flow.events

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return tuple(event for event in self.events if isinstance(event, Run))

    @cached_property
    def own_runs(self) -> tuple[Run, ...]:
        """The queries that the function sends itself, not through another one or a relationship."""
        return tuple(run for run in self.runs if run.own and run.query.begins is None)

    @cached_property
    def related_runs(self) -> tuple[Run, ...]:
        """The queries of a row's `dynamic` or `write_only` relationship, also of what it calls."""
        return tuple(run for run in self.runs if run.query.begins is not None)

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        return tuple(event for event in self.events if isinstance(event, Read))

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(event for event in self.events if isinstance(event, Effect))

    @cached_property
    def exits(self) -> tuple[Exit, ...]:
        """What may keep the function from coming to its next statement."""
        return tuple(event for event in self.all_exits if event.own or event.kind == "raise")

    @cached_property
    def all_exits(self) -> tuple[Exit, ...]:
        return tuple(event for event in self.events if isinstance(event, Exit))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The parent of every node of the function."""
        found: dict[ast.AST, ast.AST] = {}
        stack: list[ast.AST] = [self.node]
        while stack:
            node = stack.pop()
            # `ast.iter_child_nodes` takes four times as long.
            for value in vars(node).values():
                for child in value if value.__class__ is list else (value,):
                    if isinstance(child, ast.AST):
                        found[child] = node
                        stack.append(child)
        return found

    @cached_property
    def taken_names(self) -> set[str]:
        """Names that a new variable of this function must not have."""
        return {*dir(builtins), *keyword.kwlist, *used_names(self.node), *self.module_names}

    @property
    def invented(self) -> frozenset[str]:
        """Names that stand for what the code does not name."""
        return frozenset()

    @cached_property
    def local_names(self) -> frozenset[str]:
        """What the function binds, and the functions in it, in whose place a name of the module
        may mean something else."""
        if isinstance(self.node, ast.Module):
            return frozenset()
        return frozenset(bound_names(self.node))

    @cached_property
    def module_names(self) -> frozenset[str]:
        """What the module binds."""
        facts = self.module
        found = {*facts.imports, *facts.classes, *facts.functions, *facts.values}
        return frozenset(found)

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> Place:
        """Where a node is written, which may be another file."""
        return self.program.place(node) or self.source.place(node)

    def placed(self, node: ast.AST) -> bool:
        """True for a node that is written somewhere, and does not stand for one that is."""
        if isinstance(node, ast.expr | ast.stmt | ast.keyword) and not hasattr(node, "lineno"):
            return self.program.place(node) is not None
        return hasattr(node, "lineno")

    def text(self, node: ast.expr | ast.stmt) -> str:
        """The code of a node as it is written."""
        place = self.place(node)
        return self.program.source(place.path).slice(place.span)

    def contains(self, outer: ast.expr | ast.stmt, inner: ast.expr | ast.stmt) -> bool:
        """True if one node is written inside another."""
        one, two = self.place(outer), self.place(inner)
        return one.path == two.path and one.span.contains(two.span)

    def told(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """What is said of the findings of a rule in this function: in tests, nothing of what costs
        the same however many rows there are."""
        root = self.index.root
        if not has_tests(self.module, root):
            yield from findings
            return
        for each in findings:
            if each.grows or each.cost is None:
                yield replace(each, tested=not among_tests(each.place.path, root))

    def around(self, node: ast.AST) -> Scope:
        """The function that a node is written in: this one or one that it calls."""
        home = self.program.home(node)
        return self if home is None or home.node is self.node else self.program.scope(home)

    def note(self, role: Role, node: ast.expr | ast.stmt, message: str) -> Note:
        return Note(role, self.place(node), message)

    def loop_place(self, loop: Loop) -> Place:
        return self.place(loop.iterable)

    def between(self, first: int, last: int) -> Sequence[Event]:
        """The events with first < index <= last."""
        return self.events[first + 1 : last + 1]


def scopes(program: Program, module: ModuleFacts) -> Iterator[Scope]:
    """The functions of a file in which a finding is possible, and the module's own statements.

    Raises:
        ParseError: where the file does not parse.
    """
    trees = program.trees(module.path)
    for facts in module.functions.values():
        if (facts.query_calls or facts.full_name in program.reach.roots) and (
            code := program.code(facts)
        ) is not None:
            yield program.scope(code)
    if module.query_calls:
        body = [s for s in trees.whole.body if not isinstance(s, _DEFINITIONS)]
        if body:
            yield Scope(program, Code(module, trees, ast.Module(body, [])))


_DEFINITIONS = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom,
)  # fmt: skip
