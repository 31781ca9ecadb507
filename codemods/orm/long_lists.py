"""Lists of keys for one IN that may be longer than a driver takes parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.databases import TITLES
from codemods.orm.events import Run
from codemods.orm.query import Predicate
from codemods.orm.values import Cell, Items, Session, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# How many parameters one statement may have: SQLite since 3.32, psycopg 3, pyodbc, IN of Oracle.
LIMITS = {"sqlite": 32_766, "postgresql": 65_535, "mssql": 2_099, "oracle": 1_000}
ASYNCPG = 32_767


@dataclass(frozen=True)
class LongList:
    """One `column.in_(keys)` of a query, where nothing bounds the number of keys."""

    scope: Scope = field(repr=False)
    run: Run
    predicate: Predicate
    database: str
    limit: int

    @property
    def operand(self) -> ast.expr:
        assert self.predicate.operand is not None
        return self.predicate.operand

    @property
    def element(self) -> Value:
        value = self.predicate.value
        return value.element if isinstance(value, Items) else Unknown()

    @property
    def driver(self) -> str:
        return "asyncpg" if self.limit == ASYNCPG else TITLES[self.database]

    @property
    def name(self) -> str:
        """What one calls the keys."""
        match self.operand:
            case ast.Name(id=name):
                return name
        return "the keys"


def long_lists(scope: Scope) -> Iterator[LongList]:
    """Every such list of the scope, in its order."""
    for run in scope.own_runs:
        for predicate in run.query.predicates:
            if predicate.operator != "in" or predicate.operand is None or predicate.value is None:
                continue
            if predicate.operand not in scope.parents or not _is_unbounded(scope, predicate):
                continue
            lowest = _lowest(scope, run)
            if lowest is not None:
                yield LongList(scope, run, predicate, *lowest)


def _lowest(scope: Scope, run: Run) -> tuple[str, int] | None:
    """The database of the project that takes the fewest parameters, and how many."""
    databases = scope.settings.database or ("sqlite",)
    limits = [(LIMITS[name], name) for name in databases if name in LIMITS]
    asynchronous = isinstance(run.session, Session) and run.session.asynchronous
    if asynchronous and "postgresql" in databases:
        limits.append((ASYNCPG, "postgresql"))
    if not limits:
        return None
    limit, name = min(limits)
    return name, limit


def _is_unbounded(scope: Scope, predicate: Predicate) -> bool:
    """True for keys that a parameter brings, or that are collected from rows without LIMIT."""
    node, value = predicate.operand, predicate.value
    assert node is not None
    if isinstance(value, Items) and value.limit is not None:
        return False
    if isinstance(node, ast.Name):
        if node.id in _loop_variables(scope):
            return False
        if node.id in _parameters(scope) and not _is_rebound(scope, node.id):
            return isinstance(value, Items) or (isinstance(value, Unknown) and _is_many(node.id))
        if _is_subquery(scope, node):
            return False
    elif not isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        return False
    else:
        return _is_of_parameter(scope, node)
    return isinstance(value, Items) and _of_many_rows(value.element)


def _is_many(name: str) -> bool:
    return name.endswith("s") and not name.endswith("ss")


def _loop_variables(scope: Scope) -> set[str]:
    return {name for loop in scope.flow.all_loops if loop.names for name in loop.names}


def _parameters(scope: Scope) -> set[str]:
    arguments = getattr(scope.node, "args", None)
    return {n.arg for n in walk(arguments) if isinstance(n, ast.arg)} if arguments else set()


def _is_rebound(scope: Scope, name: str) -> bool:
    """True if the function assigns another value to a parameter."""
    for node in walk(scope.node):
        match node:
            case ast.Assign(targets=targets, value=value) if any(
                isinstance(target, ast.Name) and target.id == name for target in targets
            ):
                if not _is_copy(value, name):
                    return True
            case ast.AugAssign(target=ast.Name(id=found)) if found == name:
                return True
    return False


def _is_copy(value: ast.expr, name: str) -> bool:
    """True for `list(set(ids))` and the like, which is no shorter by much."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        if value.func.id not in ("list", "set", "tuple", "sorted") or len(value.args) != 1:
            return False
        value = value.args[0]
    return isinstance(value, ast.Name) and value.id == name


def _is_of_parameter(scope: Scope, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> bool:
    """True for `[item.id for item in items]` of a parameter."""
    clause = node.generators[0]
    return (
        len(node.generators) == 1
        and isinstance(clause.iter, ast.Name)
        and clause.iter.id in _parameters(scope)
        and not _is_rebound(scope, clause.iter.id)
    )


def _is_subquery(scope: Scope, node: ast.Name) -> bool:
    """True for keys that one query gives to another one alone, which a subquery could do."""
    loads = [n for n in walk(scope.node) if isinstance(n, ast.Name) and n.id == node.id]
    return sum(isinstance(n.ctx, ast.Load) for n in loads) == 1 and len(loads) == 2


def _of_many_rows(element: Value) -> bool:
    """True for columns of rows that come from a query without LIMIT, of any number of rows."""
    if not isinstance(element, Cell) or element.row is None:
        return False
    return any(
        origin.run is not None
        and not origin.path
        and origin.run.query.limit is None
        and origin.run.terminal in ("all", "iterate")
        for origin in element.row.origins
    )
