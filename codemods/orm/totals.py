"""Lists of rows of which the code wants no more than how many there are, and sums of a column."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.databases import EXACT
from codemods.orm.events import Act, Effect, Run
from codemods.orm.naming import free, singular, snake
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_PLAIN = frozenset({"filter", "where", "filter_by", "order_by"})
_WRITES = frozenset({Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL})
_INTEGERS = frozenset({"Integer", "INTEGER", "SmallInteger", "SMALLINT"})


@dataclass(frozen=True)
class Totals:
    """What is read of a list: places, each with the column that it sums, None for the length.

    `assigned` is the statement that gives the list a name, None where it has none.
    """

    places: tuple[tuple[ast.expr, Column | None], ...]
    assigned: ast.Assign | None

    @property
    def columns(self) -> tuple[Column | None, ...]:
        """The different totals, the length first."""
        found = list(dict.fromkeys(column for _, column in self.places))
        return tuple(sorted(found, key=lambda column: column is not None))

    @property
    def numbered(self) -> Iterator[tuple[ast.expr, int]]:
        """The places, each with the number of its total."""
        return ((node, self.columns.index(column)) for node, column in self.places)

    def names(self, model: Model, taken: set[str]) -> tuple[str, ...]:
        """Variables for the totals."""
        one = snake(model.name)
        found: list[str] = []
        for column in self.columns:
            if column is None:
                name = free(f"{one}_count", f"number_of_{one}", taken={*taken, *found})
            else:
                what = singular(column.name)
                name = free(f"total_{what}", f"{one}_total_{what}", taken={*taken, *found})
            found.append(name)
        return tuple(found)


def totals(scope: Scope, run: Run, model: Model) -> Totals | None:
    """What the code reads of the list that `run` gives, if that is all totals."""
    if not _is_simple(scope, run, model):
        return None
    expression = run.expression
    assigned: ast.Assign | None = None
    reads: list[ast.expr] = [expression]
    match scope.parents.get(expression):
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned:
            if isinstance(scope.node, ast.Module):
                return None
            reads = reads_of(scope, name, assigned)
    if not reads:
        return None
    places = []
    for read in reads:
        total = _total(scope, read, model)
        if total is None:
            return None
        places.append(total)
    return Totals(tuple(places), assigned)


def reads_of(scope: Scope, name: str, assigned: ast.Assign) -> list[ast.expr]:
    """Every place that reads the variable, if all follow in the same round of the loop."""
    block, position = scope.flow.blocks.get(assigned, ([], 0))
    later = {node for statement in block[position + 1 :] for node in walk(statement)}
    found: list[ast.expr] = []
    for node in walk(scope.node):
        if isinstance(node, ast.arg) and node.arg == name:
            return []
        if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            return []
        if not isinstance(node, ast.Name) or node.id != name or node is assigned.targets[0]:
            continue
        if node not in later or not isinstance(node.ctx, ast.Load) or _is_inner(scope, node):
            return []
        found.append(node)
    return found


def _is_inner(scope: Scope, node: ast.AST) -> bool:
    """True if the place stands in a function of its own."""
    above = scope.parents.get(node)
    while above is not None and above is not scope.node:
        if isinstance(above, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return True
        above = scope.parents.get(above)
    return False


def _total(scope: Scope, read: ast.expr, model: Model) -> tuple[ast.expr, Column | None] | None:
    match scope.parents.get(read):
        case ast.Call(func=ast.Name(id="len"), args=[only], keywords=[]) as call if only is read:
            return call, None
        case ast.If(test=test) | ast.IfExp(test=test) if test is read:
            return read, None
        case ast.UnaryOp(op=ast.Not()):
            return read, None
        case ast.comprehension() as clause:
            return _sum(scope, read, clause, model)
    return None


def _sum(
    scope: Scope, read: ast.expr, clause: ast.comprehension, model: Model
) -> tuple[ast.expr, Column] | None:
    """`sum(row.amount for row in rows)` of an INTEGER column that is never NULL."""
    made = scope.parents.get(clause)
    databases = set(scope.settings.database)
    if not databases or not databases <= EXACT:
        return None
    match made, clause:
        case (
            ast.GeneratorExp(
                elt=ast.Attribute(value=ast.Name(id=used), attr=attribute), generators=[_]
            )
            | ast.ListComp(
                elt=ast.Attribute(value=ast.Name(id=used), attr=attribute), generators=[_]
            ),
            ast.comprehension(target=ast.Name(id=bound), iter=source, ifs=[], is_async=0),
        ) if (
            used == bound and source is read
        ):
            column = model.columns.get(attribute)
        case _:
            return None
    match scope.parents.get(made) if made is not None else None:
        case ast.Call(func=ast.Name(id="sum"), args=[only], keywords=[]) as call if only is made:
            return (call, column) if column is not None and _is_counting(column) else None
    return None


def _is_counting(column: Column) -> bool:
    never_null = not column.may_be_null
    kind = column.type_name
    plain = not (column.decorated or column.expression or column.foreign_key)
    return never_null and plain and column.python == "int" and kind in _INTEGERS


def _is_simple(scope: Scope, run: Run, model: Model) -> bool:
    """True if a row is a row of the table, and nothing else in the function is about these."""
    query = run.query
    if query.joins_other_tables or model.events or run.terminal != "all":
        return False
    if any(call.method not in _PLAIN for call in query.calls):
        return False
    for builtin in ("len", "sum"):
        if builtin in scope.module_names:
            return False
    names = {model.full_name, *model.parents, *model.children}
    for event in scope.events:
        if isinstance(event, Effect) and event.act in _WRITES:
            if event.model is None or event.model.full_name in names:
                return False
        elif isinstance(event, Run) and event.terminal in ("get", "get_one"):
            models = [entity.model for entity in event.query.entities]
            if any(model is not None and model.full_name in names for model in models):
                return False
    return not any(read.step.relationship.target in names for read in scope.reads)
