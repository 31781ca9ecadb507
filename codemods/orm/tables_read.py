"""The tables that a query reads in its conditions, besides those that it selects from and joins."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.core_tables import CoreTable, table_of
from codemods.orm.query import Predicate, Query
from codemods.orm.values import ANYTHING, ModelClass, Symbol, Value

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

_LITERAL = names.TEXT | frozenset(
    f"{module}.literal_column"
    for module in ("sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression")
)
# These bring in what other statements read.
_OF_OTHERS = (
    "union", "union_all", "intersect", "intersect_all", "except_", "except_all", "from_self",
    "select_entity_from", "from_statement",
)  # fmt: skip
_PUT_TOGETHER = (".or_", ".and_", ".not_")
# Queries in the conditions of queries are looked into this deep.
_DEPTH = 4


@dataclass
class Inside:
    """What the conditions of a query read.

    `models` are the full names of the classes whose tables are read, with those above and below.
    `hidden` is a part of a condition that may read any table: SQL as text, a condition that
    somebody else has made. `core` are the names of tables without a class, those included that the
    query selects from and joins.
    """

    models: set[str] = field(default_factory=set)
    hidden: ast.expr | None = None
    core: set[str] = field(default_factory=set)


def inside(scope: Scope, run: Run) -> Inside:
    """What the conditions of a query read, subqueries included; its own tables may be among them."""
    return _Reader(scope, run).read()


class _Reader:
    """Goes through the conditions of one query."""

    def __init__(self, scope: Scope, run: Run) -> None:
        self.scope = scope
        self.run = run
        self.found = Inside()

    def read(self) -> Inside:
        self._query(self.run.query, 0)
        return self.found

    def _query(self, query: Query, depth: int) -> None:
        if depth > _DEPTH or query.kind == "text" or query.has(*_OF_OTHERS):
            self.found.hidden = self.found.hidden or query.node
            return
        for predicate in query.predicates:
            self._predicate(predicate, depth)
        for value in (*query.joins, *(entity.value for entity in query.entities)):
            if isinstance(value, Query):
                self._query(value, depth + 1)
            elif (table := table_of(value)) is not None:
                self.found.core.add(table.name)
        for node in _apart(query):
            self._names(node, depth)
        if depth:
            for name in query.tables or ():
                self._add(self.scope.index.model(name))

    def _predicate(self, predicate: Predicate, depth: int) -> None:
        for model in predicate.models:
            self._add(model)
        node, given = predicate.node, predicate.given
        if predicate.keyword is not None:
            self._names(node, depth)
            return
        if given is not None and given is not node:
            # a variable holds it
            self._names(node, depth)
            if predicate.models:
                return
        for part in self._parts(given or node):
            column = predicate.of_table or predicate.column
            compared = part is node and column is not None
            if not self._names(part, depth) and not compared and not self._is_said(part):
                self.found.hidden = self.found.hidden or part

    def _parts(self, node: ast.expr) -> Iterator[ast.expr]:
        """The conditions that a condition is put together from."""
        inner: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Attribute(attr="filter" | "where" | "having"), args=arguments):
                inner = arguments
            case ast.Call(func=function, args=arguments):
                match self._meaning(dotted_name(function) or ""):
                    case Symbol(full_name=full_name) if full_name.endswith(_PUT_TOGETHER):
                        inner = arguments
            case ast.BinOp(op=ast.BitOr() | ast.BitAnd(), left=left, right=right):
                inner = [left, right]
            case ast.UnaryOp(op=ast.Invert(), operand=operand):
                inner = [operand]
        if not inner:
            yield node
        for part in inner:
            yield from self._parts(part)

    def _is_said(self, node: ast.expr) -> bool:
        """True for a condition that is written out, though it names no table."""
        return not isinstance(node, ast.Starred) and all(
            isinstance(self._meaning(item.id), Symbol)
            for item in walk(node)
            if isinstance(item, ast.Name)
        )

    def _names(self, node: ast.expr, depth: int) -> bool:
        """Notes what an expression names; True if it names a table."""
        asked = {
            item.func.value
            for item in walk(node)
            if isinstance(item, ast.Call)
            and isinstance(item.func, ast.Attribute)
            and item.func.attr in ("any", "has")
        }
        named = False
        for item in walk(node):
            dotted = dotted_name(item) if isinstance(item, ast.Name | ast.Attribute) else None
            if dotted is None:
                continue
            match self._meaning(dotted):
                case ModelClass(model=model):
                    named = True
                    self._add(model)
                case Query() as query if query is not self.run.query:
                    named = True
                    self._query(query, depth + 1)
                case CoreTable(model=table):
                    self.found.core.add(table.name)
                case Symbol(full_name=full_name) if full_name in _LITERAL:
                    self.found.hidden = self.found.hidden or node
            if isinstance(item, ast.Attribute):
                self._relationship(item, item in asked)
        return named

    def _relationship(self, node: ast.Attribute, asked: bool) -> None:
        """Notes the table that `Order.lines` leads to; a key is all that `Order.customer == x` reads."""
        match self._meaning(dotted_name(node.value) or ""):
            case ModelClass(model=model) if node.attr in model.relationships:
                relationship = model.relationships[node.attr]
                if asked or relationship.direction != "many-to-one":
                    self._add(self.scope.index.model(relationship.target or ""))

    def _add(self, model: Model | None) -> None:
        if model is not None:
            self.found.models |= {model.full_name, *model.parents, *model.children}

    def _meaning(self, dotted: str) -> Value:
        frame, flow = self.run.frame, self.scope.flow
        if not dotted:
            return ANYTHING
        if frame.caller is None:
            return flow.lookup(dotted)
        if dotted in frame.env:
            return frame.env[dotted]
        resolved = self.scope.index.resolve(frame.code.module, dotted)
        return flow.named(resolved) if resolved else ANYTHING


def _apart(query: Query) -> Iterator[ast.expr]:
    """What a query sorts by, and selects, where that is an expression."""
    yield from (ordering.node for ordering in query.orderings if ordering.column is None)
    yield from (
        entity.node for entity in query.entities if not isinstance(entity.value, ModelClass)
    )
