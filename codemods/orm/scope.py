"""What a rule looks at: one function (or a module's own statements) of one file."""

from __future__ import annotations

import ast
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


class Scope:
    """One function with everything that happens in it.

    `name` is its qualified name in the file (`Service.report`), None for a module's statements.
    """

    def __init__(
        self,
        index: ProjectIndex,
        module: ModuleFacts,
        source: SourceFile,
        tree: ast.Module,
        node: FunctionNode | ast.Module,
        name: str | None,
        owner: str | None,
    ) -> None:
        self.index = index
        self.module = module
        self.source = source
        self.tree = tree
        self.node = node
        self.name = name
        self.owner = owner

    @property
    def settings(self) -> Settings:
        return self.index.settings

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    @cached_property
    def flow(self) -> Flow:
        return Flow(self.index, self.module, self.source, self.node, self.owner).run()

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
        return {child: node for node in ast.walk(self.node) for child in ast.iter_child_nodes(node)}

    @cached_property
    def taken_names(self) -> set[str]:
        """Names that a new variable of this function must not have."""
        return used_names(self.node) | set(self.module_names)

    @cached_property
    def module_names(self) -> frozenset[str]:
        return frozenset(used_names(self.tree))

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
    candidates = {name for name, facts in module.functions.items() if is_candidate(facts)}
    whole = is_candidate(module)
    if not candidates and not whole:
        return
    tree = parse(source)
    for node, name, owner in functions(tree, module.module):
        if name in candidates:
            yield Scope(index, module, source, tree, node, name, owner)
    body = [s for s in tree.body if not isinstance(s, _DEFINITIONS)]
    if whole and body:
        yield Scope(index, module, source, tree, ast.Module(body, []), None, None)


def is_candidate(facts: FunctionFacts | ModuleFacts) -> bool:
    """True if there can be a finding: a query and a loop, or several queries."""
    return facts.query_calls > 0 and (facts.has_loop or facts.query_calls > 1)


_DEFINITIONS = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom,
)  # fmt: skip


def functions(
    tree: ast.AST, module: str, prefix: str = "", owner: str | None = None
) -> Iterator[tuple[FunctionNode, str, str | None]]:
    """Every function of a file with its qualified name and the full name of its class."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, f"{prefix}{node.name}", owner
            yield from functions(node, module, f"{prefix}{node.name}.<locals>.", None)
        elif isinstance(node, ast.ClassDef):
            qualified = f"{prefix}{node.name}"
            yield from functions(node, module, f"{qualified}.", f"{module}.{qualified}")
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from functions(node, module, prefix, owner)
