"""Lists of rows of which only the number is used, and the count that takes their place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import rounds, whole_rows
from codemods.orm.chains import Chain, chain, method, needless, unused_imports
from codemods.orm.entity_names import entity_name
from codemods.orm.later_loads import not_needed_later
from codemods.orm.naming import free, plural, singular, snake
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.row_lists import RowList, is_tested, length_of, row_lists, test_of
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import ColumnRef
from codemods.patch import Code, Copied, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# Steps that a SELECT of the number can have itself, without a subquery.
_PLAIN = frozenset({"filter", "where", "filter_by", "join", "outerjoin", "order_by", "options"})


@dataclass(frozen=True, eq=False)
class Number:
    """A list that is only counted: `places` take the number, or its truth."""

    rows: RowList
    places: tuple[ast.expr, ...]

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def what(self) -> str:
        return what_of(self.rows)

    @property
    def some(self) -> str:
        """What several of them are called in a formula."""
        return things(self.rows)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        repeated = self.repeated
        if self.by_key is not None:
            repeated = proven(repeated.name, "each key is counted once")
        return (
            repeated,
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows),
        )

    @property
    def cost(self) -> Cost:
        if not self.rows.run.loops:
            return Cost(Amount("1", self.some), Amount("1", "1"))
        times = rounds.times(self.rows.run.loops)
        return Cost(Amount(times, f"{times}·{self.some}"), Amount(times, times))

    # The count ----------------------------------------------------------------------------

    @cached_property
    def distinct(self) -> Code | Copied | None:
        """The class whose keys are counted where a join repeats its rows (trap c4_01)."""
        query = self.rows.query
        models = whole_rows.models_selected(query)
        if not self.rows.legacy or len(models) != 1 or len(query.entities) != 1:
            return None
        if len(models[0].primary_key) != 1 or models[0].parents or query.conditional:
            return None
        if query.has("limit", "offset", "distinct", "group_by", "having", "select_from"):
            return None
        if whole_rows.may_be_none(query):
            return None
        return entity_name(self.scope, query)

    @cached_property
    def repeated(self) -> Precondition:
        return whole_rows.not_repeated(self.rows)

    @property
    def by_key(self) -> Code | Copied | None:
        """The class whose keys are counted, where rows may come twice."""
        return None if self.repeated.status is Status.PROVEN else self.distinct

    @cached_property
    def steps(self) -> Chain:
        return chain(self.scope, self.rows.query_node)

    @cached_property
    def dropped(self) -> list[ast.expr]:
        return needless(self.rows.query, self.steps)

    def number(self, words: SqlNames) -> Code:
        """The expression that asks for the number."""
        rows = self.rows
        query = self.steps.without(self.dropped)
        if rows.legacy:
            if self.by_key is not None:
                return self.of_keys(words, self.by_key)
            return Code.of("{query}.count()", query=query)
        select = words.select(rows.query)
        asked: Code | Copied | None = self.inline(words, select)
        if asked is None:
            asked = Code.of(
                "{select}({func}.count()).select_from({query}.subquery())",
                select=select, func=words.sql("func"), query=query,
            )  # fmt: skip
        return words.sent(rows.run, asked)

    def of_keys(self, words: SqlNames, model: Code | Copied) -> Code:
        """`query.with_entities(func.count(distinct(User.id))).scalar()`."""
        query = self.rows.query
        (key,) = whole_rows.models_selected(query)[0].primary_key
        written = self.steps.named("order_by")
        ordered = len(written) < sum(call.method == "order_by" for call in query.calls)
        text = "{query}.order_by(None)" if ordered else "{query}"
        return Code.of(
            f"{text}.with_entities({{func}}.count({{distinct}}({{model}}.{key}))).scalar()",
            query=self.steps.without(self.dropped),
            func=words.sql("func"),
            distinct=words.sql("distinct"),
            model=model,
        )

    def inline(self, words: SqlNames, select: str | Copied) -> Copied | None:
        """The SELECT as it is written, with the number in the place of the rows."""
        query, scope, steps = self.rows.query, self.scope, self.steps
        if len(query.roots) != 1 or len(query.entities) != 1 or self.rows.uniqued:
            return None
        entity = query.entities[0]
        if entity.model is None or entity.model.parents or None in query.loaders:
            return None
        if steps.begin is not query.roots[0] or not isinstance(
            entity.node, ast.Name | ast.Attribute
        ):
            return None
        if any(method(call) not in _PLAIN for call in steps.calls):
            return None
        counted = Code.of(
            "{select}({func}.count()).select_from({table})",
            select=select, func=words.sql("func"), table=Copied(scope.place(entity.node)),
        )  # fmt: skip
        return steps.without(self.dropped, counted)

    # The patches --------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        scope, rows, assigned = self.scope, self.rows, self.rows.assigned
        words = SqlNames(scope, scope.place(self.rows.expression))
        number = self.number(words)
        if assigned is None:
            changed: list[Patch] = [Replace(scope.place(self.places[0]), number)]
        elif (told := self.told) is not None:
            name = ast.unparse(told.targets[0])
            changed = [
                Replace(scope.place(assigned), Code.of(f"{name} = {{number}}", number=number)),
                Remove(scope.place(told)),
            ]
        else:
            one = called(rows)
            name = free(f"{one}_count", f"number_of_{plural(one)}", taken=scope.taken_names)
            changed = [
                Replace(scope.place(assigned), Code.of(f"{name} = {{number}}", number=number)),
                *(Replace(scope.place(place), Code.of(name)) for place in self.places),
            ]
        if rows.result is not None:
            changed.append(Remove(scope.place(rows.result)))
        return (*words.imports.values(), *unused_imports(scope, self.dropped), *changed)

    @property
    def told(self) -> ast.Assign | None:
        """`count = len(rows)`, the next statement and all that is done with the rows."""
        assigned = self.rows.assigned
        if len(self.places) != 1 or assigned is None:
            return None
        statement = self.scope.parents.get(self.places[0])
        blocks = self.scope.flow.blocks
        if statement not in blocks or assigned not in blocks:
            return None
        block, position = blocks[assigned]
        match statement:
            case ast.Assign(targets=[ast.Name()], value=value) if value is self.places[0]:
                follows = block[position + 1 : position + 2] == [statement]
                return statement if follows else None
        return None


def things(rows: RowList) -> str:
    """What the rows of a query are called in a formula: `orders`."""
    for entity in rows.query.entities:
        value = getattr(entity.value, "model", None)
        if value is not None:
            return plural(snake(value.name))
    return "rows"


def what_of(rows: RowList) -> str:
    """What a row is called: the class, or the column."""
    entity = rows.query.entities[0]
    if isinstance(entity.value, ColumnRef):
        return f"{entity.value.model.name}.{entity.value.column.name}"
    return entity.model.name if entity.model is not None else ast.unparse(entity.node)


# What people call a list of anything.
_VAGUE = frozenset({
    "row", "result", "record", "item", "data", "count", "total", "res", "query", "found", "existing",
})  # fmt: skip


def variable(rows: RowList) -> str | None:
    """The variable that has the rows, if its name says what they are."""
    match rows.assigned:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            plain = len(name) > 3 and singular(name) not in _VAGUE and name.isascii()
            return name if plain else None
    return None


def called(rows: RowList) -> str:
    """What one row is called: by the variable that has them, or by its class."""
    if (name := variable(rows)) is not None:
        return singular(name)
    what = what_of(rows)
    return snake(what) if what.isidentifier() else "row"


def numbers(scope: Scope) -> Iterator[Number]:
    """Every list of the function's own that is only counted."""
    for rows in row_lists(scope, "all", "iterate"):
        places: list[ast.expr] = []
        counted = False
        if rows.run.terminal == "iterate" and rows.expression is rows.run.expression:
            continue
        for read in rows.reads:
            length = length_of(scope, read)
            if length is not None:
                counted = counted or test_of(scope, length, number=True) is None
                places.append(length)
            elif rows.assigned is not None and is_tested(scope, read):
                places.append(read)
            else:
                break
        if len(places) < len(rows.reads) or not counted:
            continue
        if whole_rows.understood(rows.query) and not asked_before_the_loop(scope, rows.run):
            yield Number(rows, tuple(places))
