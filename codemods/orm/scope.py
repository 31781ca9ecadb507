"""What a rule looks at: one function (or a module's own statements) of one file."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.parse import parse
from codemods.finding import Note, Role
from codemods.orm.events import Effect, Event, Exit, Loop, Read, Run
from codemods.orm.flow import Flow
from codemods.orm.naming import used_names
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.project.index import ProjectIndex
    from codemods.settings import Settings
    from codemods.source import SourceFile

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class FileTree:
    """A file's syntax tree, parsed when somebody asks for it."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    @cached_property
    def whole(self) -> ast.Module:
        return parse(self.source)

    def function(self, facts: FunctionFacts) -> FunctionNode | None:
        """The node of one function, with the positions that it has in the file.

        Its lines alone are parsed, which takes a fraction of the time; decorators are left out.
        """
        source, span = self.source, facts.place.span
        location = source.location(span.start)
        before = source.line(location.row)[: location.column - 1]
        if before.strip():
            return None
        text = before + source.slice(span)
        head = "\n" * (location.row - 2) + "if 1:\n" if before else "\n" * (location.row - 1)
        try:
            body = ast.parse(head + text).body
        except SyntaxError:
            return self._found(facts)
        node = body[0].body[0] if isinstance(body[0], ast.If) else body[0]
        return node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None

    def _found(self, facts: FunctionFacts) -> FunctionNode | None:
        """The same in the whole tree, for syntax that is newer than the running Python's."""
        for node in ast.walk(self.whole):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and self.source.span(node) == facts.place.span
            ):
                return node
        return None


class Scope:
    """One function with everything that happens in it.

    `name` is its qualified name in the file (`Service.report`), None for a module's statements.
    `owner` is the full name of the class that a method belongs to.
    """

    def __init__(
        self,
        index: ProjectIndex,
        module: ModuleFacts,
        trees: FileTree,
        node: FunctionNode | ast.Module,
        facts: FunctionFacts | None = None,
    ) -> None:
        self.index = index
        self.module = module
        self.source = trees.source
        self.node = node
        self.name = facts.qualname if facts else None
        self.owner = f"{module.module}.{facts.owner}" if facts and facts.owner else None
        self.decorators = facts.decorators if facts else ()
        self._trees = trees

    @property
    def tree(self) -> ast.Module:
        """The whole file."""
        return self._trees.whole

    @property
    def settings(self) -> Settings:
        return self.index.settings

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    @cached_property
    def flow(self) -> Flow:
        flow = Flow(self.index, self.module, self.source, self.node, self.owner, self.decorators)
        return flow.run()

    @property
    def events(self) -> list[Event]:
        return self.flow.events

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return tuple(event for event in self.events if isinstance(event, Run))

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        return tuple(event for event in self.events if isinstance(event, Read))

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(event for event in self.events if isinstance(event, Effect))

    @cached_property
    def exits(self) -> tuple[Exit, ...]:
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

    @cached_property
    def module_names(self) -> frozenset[str]:
        """What the module binds."""
        facts = self.module
        found = {*facts.imports, *facts.classes, *facts.functions, *facts.values}
        return frozenset(found)

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> Place:
        return self.source.place(node)

    def text(self, node: ast.expr | ast.stmt) -> str:
        """The code of a node as it is written."""
        return self.source.slice(self.source.span(node))

    def note(self, role: Role, node: ast.expr | ast.stmt, message: str) -> Note:
        return Note(role, self.place(node), message)

    def loop_place(self, loop: Loop) -> Place:
        return self.place(loop.iterable)

    def between(self, first: int, last: int) -> Sequence[Event]:
        """The events with first < index <= last."""
        return self.events[first + 1 : last + 1]


def scopes(index: ProjectIndex, module: ModuleFacts, source: SourceFile) -> Iterator[Scope]:
    """The functions of a file in which a finding is possible, and the module's own statements.

    Raises:
        ParseError: where the file does not parse.
    """
    trees = FileTree(source)
    for facts in module.functions.values():
        if (
            is_candidate(facts)
            and (facts.has_loop or may_count(source.slice(facts.place.span)))
            and (node := trees.function(facts)) is not None
        ):
            yield Scope(index, module, trees, node, facts)
    if is_candidate(module) and (module.has_loop or may_count(source.text)):
        body = [s for s in trees.whole.body if not isinstance(s, _DEFINITIONS)]
        if body:
            yield Scope(index, module, trees, ast.Module(body, []))


def is_candidate(facts: FunctionFacts | ModuleFacts) -> bool:
    """True if there can be a finding: a query and a loop, or several queries."""
    return facts.query_calls > 0 and (facts.has_loop or facts.query_calls > 1)


def may_count(text: str) -> bool:
    """True if one of the queries in this code may ask for a number.

    Outside of loops nothing else is worth a look: rows are not asked for twice.
    """
    return any(word in text for word in _NUMBERS)


_NUMBERS = ("count", "func", "sum(", "min(", "max(", "avg(")
_DEFINITIONS = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom,
)  # fmt: skip
