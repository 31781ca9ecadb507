"""What a rule over models looks at: one mapped class, and what the project does with it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Set
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.mentions import is_test
from codemods.orm.scope import Scope, scopes

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Program
    from codemods.project.index import ProjectIndex
    from codemods.project.model import Column, Model
    from codemods.settings import Settings


class Declaration:
    """A mapped class as it is declared. `survey` is shared by those of a project."""

    def __init__(self, program: Program, model: Model) -> None:
        self.program = program
        self.model = model

    @property
    def index(self) -> ProjectIndex:
        return self.program.index

    @property
    def settings(self) -> Settings:
        return self.index.settings

    @property
    def path(self) -> Path:
        return self.model.place.path

    @property
    def survey(self) -> Survey:
        return self.program.one(Survey)

    @cached_property
    def node(self) -> ast.ClassDef | None:
        """The class as it is written."""
        source = self.program.source(self.path)
        for node in walk(self.program.trees(self.path).whole):
            if not isinstance(node, ast.ClassDef) or node.name != self.model.name:
                continue
            if source.place(node).span.start == self.model.place.span.start:
                return node
        return None

    def statement(self, name: str) -> ast.Assign | ast.AnnAssign | None:
        """The statement of the class body that binds an attribute."""
        for node in self.node.body if self.node is not None else ():
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AnnAssign):
                targets = [node.target]
            else:
                continue
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                assert isinstance(node, ast.Assign | ast.AnnAssign)
                return node
        return None


class Survey:
    """The functions of a project that ask queries, tests and migrations aside.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """All of them, and the statements of modules."""
        index = self.program.index
        return tuple(
            scope for module in index.modules.values() if not _set_apart(module, index.root)
            for scope in scopes(self.program, module)
        )  # fmt: skip

    def naming(
        self,
        wanted: Callable[[Set[str]], bool],
        where: Callable[[ModuleFacts], bool] | None = None,
    ) -> Iterator[Scope]:
        """Those functions whose dotted names say that they are worth a look; far cheaper where
        these are few. `where` asks the same of a function's module."""
        words, root = self.program.words, self.program.index.root
        for (module, facts), named in zip(words.functions, words.of_each, strict=True):
            if where is not None and not where(module):
                continue
            if facts.query_calls and wanted(named) and not _set_apart(module, root):
                code = self.program.code(facts)
                if code is not None:
                    yield self.program.scope(code)


def declarations(program: Program) -> Iterator[Declaration]:
    """The mapped classes of a project by file and place, those of tests and migrations aside."""
    index = program.index
    for model in sorted(index.models.values(), key=lambda model: model.place):
        module = index.by_path.get(model.place.path)
        if module is not None and not _set_apart(module, index.root):
            yield Declaration(program, model)


def _set_apart(module: ModuleFacts, root: Path) -> bool:
    """True for a file of tests, and for a migration, which runs once."""
    return is_test(module, root) or "down_revision" in module.values


def owner(program: Program, model: Model, column: Column) -> Model:
    """The topmost mapped class that has a column: the one whose table it is in."""
    found = model
    for name in model.parents:
        above = program.index.models.get(name)
        other = above.columns.get(column.name) if above is not None else None
        if above is not None and other is not None and other.place == column.place:
            found = above
    return found
