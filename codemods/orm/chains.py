"""Queries as they are written, without some of their steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.patch import Code, Copied, DropImport
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope

# Steps after which the order of the rows decides which of them there are.
_CUT = ("limit", "offset", "distinct", "slice")


@dataclass(frozen=True)
class Chain:
    """The calls of a query that are written one after the other, the last one first.

    `begin` is what the first of them is called on.
    """

    scope: Scope
    node: ast.expr
    begin: ast.expr
    calls: tuple[ast.Call, ...]

    def without(self, dropped: Sequence[ast.expr], put: Code | None = None) -> Copied:
        """The query without some of its calls, and with `put` in the place of its beginning."""
        inner = ((self.scope.place(self.begin), put),) if put is not None else ()
        return self._cut(self.node, list(dropped), inner)

    def _cut(
        self, node: ast.expr, dropped: list[ast.expr], put: tuple[tuple[Place, Code], ...]
    ) -> Copied:
        place = self.scope.place(node)
        if not dropped:
            return Copied(place, substitute=put)
        outer, *others = dropped
        assert isinstance(outer, ast.Call) and isinstance(outer.func, ast.Attribute)
        inner = self._cut(outer.func.value, others, put)
        if outer is node:
            return inner
        rest = Code.of("{inner}", inner=inner)
        return Copied(place, substitute=((self.scope.place(outer), rest),))

    def named(self, *methods: str) -> list[ast.expr]:
        return [call for call in self.calls if method(call) in methods]


def chain(scope: Scope, node: ast.expr) -> Chain:
    """The calls that an expression chains."""
    calls, begin = [], node
    while isinstance(begin, ast.Call) and isinstance(begin.func, ast.Attribute):
        inner = begin.func.value
        # `session.query(Order)` begins one, `Order.query.filter(…)` is a step of one
        if not isinstance(inner, ast.Call) and (
            method(begin) in ("query", "select") or not isinstance(inner, ast.Name | ast.Attribute)
        ):
            break
        calls.append(begin)
        begin = inner
    return Chain(scope, node, begin, tuple(calls))


def method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def needless(query: Query, steps: Chain) -> list[ast.expr]:
    """The steps that make no difference to how many rows there are: an order, eager loads."""
    if query.has(*_CUT) is not None:
        return []
    found = ["order_by"]
    if None not in query.loaders:
        found.append("options")
    return steps.named(*found)


def unused_imports(scope: Scope, dropped: Sequence[ast.expr]) -> Iterator[DropImport]:
    """The imports that only the dropped steps may have needed."""
    names = {
        node.id
        for call in dropped
        if isinstance(call, ast.Call)
        for argument in call.args
        for node in walk(argument)
        if isinstance(node, ast.Name)
    }
    for name in sorted(names):
        if scope.module.imports.get(name, "").startswith("sqlalchemy."):
            yield DropImport(scope.place(dropped[0]), name)
