"""Whether the rows of a query have an order that its conditions do not change."""

from __future__ import annotations

from codemods.finding import Precondition
from codemods.orm.preconditions import proven, unknown
from codemods.orm.query import Ordering
from codemods.orm.row_lists import RowList
from codemods.orm.whole_rows import models_selected

NAME = "row-order"


def is_total(rows: RowList, orderings: tuple[Ordering, ...]) -> bool:
    """True if an ORDER BY tells any two rows of the class apart."""
    models = models_selected(rows.query)
    if len(models) != 1 or rows.query.conditional:
        return False
    model = models[0]
    names = {o.column.name for o in orderings if o.column is not None and o.model is model}
    return any(
        key <= names
        and all(
            name in model.primary_key or not model.columns[name].nullable
            for name in key
            if name in model.columns
        )
        for key in model.unique
        if key
    )


def ordered(rows: RowList, orderings: tuple[Ordering, ...], what: str) -> Precondition:
    """The order of the rows is the one that the query asks for, to the last tie."""
    if is_total(rows, orderings):
        return proven(NAME, "the query's order has no ties")
    reason = (
        f"the order has ties, and {what}" if orderings else f"nothing orders the rows, and {what}"
    )
    return unknown(rows.scope, NAME, reason, rows.run)
