"""How a file says `func`, `select` and its session."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.events import Run
from codemods.orm.query import Query
from codemods.orm.tallies import is_exec
from codemods.orm.values import Symbol
from codemods.patch import Code, Copied, Import
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.row_lists import RowList
    from codemods.orm.scope import Scope


@dataclass
class SqlNames:
    """The words for new SQL in the file of `place`; `imports` are those that it needs."""

    scope: Scope
    place: Place
    imports: dict[str, Import] = field(default_factory=dict)

    @cached_property
    def library(self) -> str | None:
        """What stands before `func` in this file: `sa`, or nothing."""
        imports = self.scope.module.imports
        if any(target.startswith("sqlalchemy.") for target in imports.values()):
            return None
        for name, target in imports.items():
            if target == "sqlalchemy" and self.scope.flow.lookup(name) == Symbol("sqlalchemy"):
                return name
        return None

    def sql(self, name: str) -> str:
        """How this file says `select`, `func`; notes the import that it needs."""
        if self.library is not None:
            return f"{self.library}.{name}"
        self.imports[name] = Import(self.place, "sqlalchemy", name)
        return name

    def select(self, query: Query) -> str | Copied:
        """The function that made a SELECT, as the file says it."""
        for root in query.roots:
            if isinstance(root, ast.Call) and isinstance(root.func, ast.Name | ast.Attribute):
                match self.scope.flow.ev(root.func):
                    case Symbol(full_name=full_name) if (
                        full_name in names.SELECT and root in self.scope.parents
                    ):
                        return Copied(self.scope.place(root.func))
        return self.sql("select")

    def sent(self, run: Run, statement: Code | Copied) -> Code:
        """A SELECT of one value, sent by the session of `run`; the value itself."""
        assert run.session_node is not None
        session = Copied(self.scope.place(run.session_node))
        if is_exec(run):
            text = "{session}.exec({statement})", "{result}.one()"
        else:
            text = "{session}.execute({statement})", "{result}.scalar_one()"
        result = Code.of(text[0], session=session, statement=statement)
        if run.awaited:
            result = Code.of("(await {result})", result=result)
        return Code.of(text[1], result=result)

    def session(self, rows: RowList) -> Code | Copied | None:
        """The session of a query that is built on one, or on a class: `Order.query`."""
        scope, node, query_node = self.scope, rows.run.session_node, rows.query_node
        if node is not None and node in scope.parents and dotted_name(node):
            return Copied(scope.place(node))
        if isinstance(query_node, ast.Name):
            return Code.of(f"{query_node.id}.session")
        root = rows.query.roots[0]
        if root not in scope.parents or not isinstance(root, ast.Attribute):
            return None
        if (shared := self._shared()) is not None:
            return Code.of(shared)
        return Code.of("{root}.session", root=Copied(scope.place(root)))

    def _shared(self) -> str | None:
        """`db.session` of Flask-SQLAlchemy, imported where this file has no `db`."""
        made = [f for f in self.scope.index.factories.values() if f.scoped and not f.test]
        for factory in made:
            source = self.scope.program.source(factory.place.path)
            line = source.line(source.locations(factory.place.span)[0].row)
            if "SQLAlchemy(" not in line:
                continue
            for name, target in self.scope.module.imports.items():
                if target == factory.full_name:
                    return f"{name}.session"
            module, _, name = factory.full_name.rpartition(".")
            if name in self.scope.module_names or name in self.scope.taken_names:
                return f"{name}.session" if module == self.scope.module.module else None
            self.imports[name] = Import(self.place, module, name)
            return f"{name}.session"
        return None
