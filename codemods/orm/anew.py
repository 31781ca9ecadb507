"""A query that a function sends for its callers, as the function that calls it writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.orm.filter_words import compared, given
from codemods.orm.query_code import called
from codemods.patch import Code, Hole

if TYPE_CHECKING:
    from codemods.orm.forwarded import Forwarded
    from codemods.orm.query import Ordering
    from codemods.orm.requery import Requery


class Anew:
    """Writes it with `IN` in place of its keys."""

    def __init__(self, requery: Requery, run: Forwarded) -> None:
        self.requery = requery
        self.run = run
        self.lookup = requery.lookup
        self.legacy = run.query.style == "legacy" and not (self.lookup.is_get and run.sent_whole)

    def statement(self) -> Code:
        """The whole query."""
        made, asked = self.begun(), [*self.requery.conditions(), *self.compared()]
        if asked:
            made = called(made, "filter" if self.legacy else "where", asked, [])
        keyed = {id(part.predicate) for part in self.lookup.parts}
        rest = [
            predicate.keyword
            for predicate in self.lookup.query.predicates
            if id(predicate) not in keyed and predicate.keyword is not None
        ]
        if rest and self.requery.selects_columns:
            made = called(made, "where", [compared(self.requery, word) for word in rest], [])
        elif rest:
            named = [(word.arg or "", given(self.requery, word.value)) for word in rest]
            made = called(made, "filter_by", [], named)
        orderings = self.lookup.query.orderings
        if "order_by" in self.requery.dropped or not orderings:
            return made
        return called(made, "order_by", [*map(self.order, orderings)], [])

    def compared(self) -> Iterator[Hole]:
        """The conditions that are no word of `filter_by()`."""
        for each in self.run.conditions:
            column = each.predicate.column
            if each.operator is not None and column is not None:
                model = self.requery.named(self.lookup.model)
                written = each.written(Code.of(f"{model}.{column.name}"))
                assert written is not None
                self.requery.imports += each.imports
                yield written

    def begun(self) -> Code:
        """`select(Order)`, `session.query(Order)` or `Order.query`."""
        model, columns = self.requery.named(self.lookup.model), self.requery.columns or ()
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(columns)}
        listed = ", ".join(f"{{{name}}}" for name in holes) or model
        if not self.legacy:
            return Code.of(f"{self.requery.imported('select')}({listed})", **holes)
        if self.run.sender is not None:
            return Code.of(f"{{session}}.query({listed})", session=self.run.sender, **holes)
        return Code.of(f"{model}.query" + (f".with_entities({listed})" if holes else ""), **holes)

    def order(self, ordering: Ordering) -> Code:
        assert ordering.column is not None
        falling = ".desc()" if ordering.descending else ""
        model = self.requery.named(self.lookup.model)
        return Code.of(f"{model}.{ordering.column.name}{falling}")
