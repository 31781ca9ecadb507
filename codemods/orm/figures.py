"""Several counts, sums and extremes that one row gives: `query(count(…), sum(…)).one()`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.lookup_shapes import fallback
from codemods.orm.naming import free
from codemods.orm.query import Aggregate, Query
from codemods.orm.totals import reads_of
from codemods.orm.values import ColumnRef
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


@dataclass(frozen=True)
class Figures:
    """The aggregates of a row, with what they are called where code says so.

    `assigned` is the statement that gives the row a name by which attributes are read, and `numbered`
    are these, each with the number of its aggregate; both are empty where the row is unpacked, or
    read by numbers only.
    """

    aggregates: tuple[Aggregate, ...]
    labels: tuple[str | None, ...]
    assigned: ast.Assign | None = None
    numbered: tuple[tuple[ast.expr, int], ...] = ()

    def names(self, taken: set[str]) -> tuple[str, ...]:
        """Variables for the aggregates."""
        found: list[str] = []
        for aggregate, label in zip(self.aggregates, self.labels, strict=True):
            name = label or _called(aggregate)
            found.append(free(name, f"found_{name}", taken={*taken, *found}))
        return tuple(found)

    def reading(
        self, scope: Scope, node: ast.expr, found: Code, key: Code | Copied, names: Sequence[str]
    ) -> tuple[ast.expr | ast.stmt, Code]:
        """What goes in the loop, and the look into the dict `found` that comes instead.

        Args:
            node: what gives the row.
            names: the variables of a row that is read by attributes.
        """
        holes: dict[str, Hole] = {"found": found, "key": key}
        missing = []
        for number, aggregate in enumerate(self.aggregates):
            given = fallback(aggregate)
            none = "0" if aggregate.function == "count" else "None"
            if given is not None:
                holes[f"none{number}"] = as_hole(scope, given)
                none = f"{{none{number}}}"
            missing.append(none)
        code = Code.of(f"{{found}}.get({{key}}, ({', '.join(missing)}))", **holes)
        if self.assigned is None:
            return node, code
        return self.assigned, Code.of(f"{', '.join(names)} = {{figures}}", figures=code)


def figures(scope: Scope, expression: ast.expr, query: Query, model: Model) -> Figures | None:
    """How the row is read, where that is seen and goes with a tuple as well.

    Args:
        expression: what gives the row.
    """
    aggregates = tuple(e.value for e in query.entities if isinstance(e.value, Aggregate))
    for aggregate in aggregates:
        match aggregate.argument:
            case ColumnRef(model=found, alias=alias) if found is not model or alias is not None:
                return None
    labels = tuple(_label(entity.node) for entity in query.entities)
    found_ = Figures(aggregates, labels)
    match scope.parents.get(expression):
        case ast.Assign(targets=[ast.Tuple() as target]):
            return found_ if _unpacks(target, len(aggregates)) else None
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned:
            return _of_variable(scope, found_, name, assigned)
        case ast.Subscript() as read if _position(read, len(aggregates)) is not None:
            return found_
    return None


def _of_variable(scope: Scope, found: Figures, name: str, assigned: ast.Assign) -> Figures | None:
    if isinstance(scope.node, ast.Module):
        return None
    numbered: list[tuple[ast.expr, int]] = []
    reads, size = reads_of(scope, name, assigned), len(found.aggregates)
    for read in reads:
        match scope.parents.get(read):
            case ast.Attribute(attr=label, ctx=ast.Load()) as place if (
                found.labels.count(label) == 1 and label not in _OF_ROWS
            ):
                numbered.append((place, found.labels.index(label)))
            case ast.Subscript(ctx=ast.Load()) as place if (
                position := _position(place, size)
            ) is not None:
                numbered.append((place, position))
            case ast.Assign(targets=[ast.Tuple() as target]) if _unpacks(target, size):
                if len(reads) > 1:
                    return None
                return found
            case _:
                return None
    if not numbered:
        return None
    return Figures(found.aggregates, found.labels, assigned, tuple(numbered))


# What every row has, whatever its columns are called.
_OF_ROWS = frozenset({"count", "index", "keys", "t", "tuple"})


def _called(aggregate: Aggregate) -> str:
    match aggregate.argument:
        case ColumnRef(column=column) if aggregate.function != "count":
            return f"{aggregate.function}_{column.name}"
    return aggregate.function if aggregate.function == "count" else f"{aggregate.function}_value"


def _position(read: ast.Subscript, size: int) -> int | None:
    match read.slice:
        case ast.Constant(value=int() as position) if 0 <= position < size:
            return position
    return None


def _unpacks(target: ast.Tuple, size: int) -> bool:
    return len(target.elts) == size and all(isinstance(each, ast.Name) for each in target.elts)


def _label(node: ast.expr) -> str | None:
    match node:
        case ast.Call(
            func=ast.Attribute(attr="label"), args=[ast.Constant(value=str(name))], keywords=[]
        ) if name.isidentifier():
            return name
    return None


def as_hole(scope: Scope, node: ast.expr) -> Hole:
    """An expression as code; a constant may stand in another function."""
    if isinstance(node, ast.Constant):
        return Code.of(ast.unparse(node).replace("{", "{{").replace("}", "}}"))
    return Copied(scope.place(node))
