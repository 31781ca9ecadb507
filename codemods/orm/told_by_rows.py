"""Numbers that the database is asked for, of rows that the function has fetched already."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Role, Status
from codemods.orm import uses
from codemods.orm.chains import unused_imports
from codemods.orm.events import Run
from codemods.orm.in_python import InPython
from codemods.orm.moments import Moments, end_of, position
from codemods.orm.naming import plural, snake, words
from codemods.orm.nearby_queries import (
    Merge,
    answers_alike,
    assigned_name,
    candidates,
    comes_first,
    in_between,
    kept_as_it_is,
    read_at,
    row_variable,
    same,
    settled,
    undisturbed,
    whole_row,
)
from codemods.orm.preconditions import proven, unknown
from codemods.orm.query import Predicate
from codemods.orm.row_tests import Untranslatable
from codemods.orm.tallies import Tally, tally_of
from codemods.orm.terms import is_known
from codemods.orm.values import ColumnRef
from codemods.orm.whole_rows import all_loaded
from codemods.patch import Code, Copied, Hole, Patch, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_EXTREMES = {"max": "largest", "min": "smallest"}
_COMPARED = frozenset({"int", "date", "datetime"})


def told_by_rows(scope: Scope) -> Iterator[tuple[Run, Merge]]:
    """Each number that rows in a variable give, with its query."""
    found = candidates(scope)
    if not any(run.terminal == "all" for run in found):
        return
    moments = Moments(scope)
    told: set[Run] = set()
    for first, second in combinations(found, 2):
        if second not in told and (merge := _told(scope, moments, first, second)) is not None:
            told.add(second)
            yield second, merge


def _told(scope: Scope, moments: Moments, first: Run, second: Run) -> Merge | None:
    name, model = assigned_name(scope, first), whole_row(first)
    if first.terminal != "all" or name is None or model is None or not comes_first(first, second):
        return None
    tally = tally_of(scope, second)
    if tally is None or tally.model is not model or tally.flag:
        return None
    given = {_said(predicate) for predicate in first.query.predicates}
    asked = {_said(predicate): predicate for predicate in second.query.predicates}
    if not given <= asked.keys() or not _has_all(scope, first, model):
        return None
    if not undisturbed(scope, first, second, (model,)) or not _is_whole(
        moments, name, first, second
    ):
        return None
    if not read_at(moments, first.statement, second) or not answers_alike(scope, second):
        return None
    if not uses.only_read_until(scope, first.expression, second.statement, tally.expression):
        return None
    row = row_variable(scope, model)

    def read(column: Column) -> Code:
        return Code.of(f"{row}.{column.name}")

    told = InPython(scope, second, model, read)
    try:
        rest = [each for text, each in asked.items() if text not in given]
        kept = kept_as_it_is(scope, first)
        code = _number(tally, told, told.all_of(rest), kept, row)
    except Untranslatable:
        return None
    if code is None or told.deferred:
        return None
    # how many there are is no matter of what the session has changed of them
    alike = tally.counts_rows and tally.is_count and not rest
    judge = partial(settled, scope, first, second) if alike else partial(same, scope, second)
    tests = proven("tests-equal", "Python finds the same rows among them")
    if told.doubts:
        tests = unknown(scope, "tests-equal", told.doubts[0][0], second)

    def patches() -> tuple[Patch, ...]:
        dropped = unused_imports(scope, (second.query.roots[0],))
        return (*dropped, Replace(scope.place(tally.expression), code))

    things = plural(snake(model.name))
    rows = words(things)
    return Merge(
        message=f"{_what(tally, rows)} is queried, and {name} holds these {rows} already",
        title=f"Take it from {name}",
        node=tally.expression,
        cost=Cost(Amount("2", f"1 + {things}"), Amount("1", things)),
        preconditions=(
            judge(f"Python takes it from {rows} as the session has them"),
            tests,
            *in_between(scope, first, second),
        ),
        patches=patches,
        notes=((Role.QUERY, first.expression, f"{name} is fetched here"),),
    )


def _what(tally: Tally, rows: str) -> str:
    """What of the rows is queried."""
    aggregate = tally.aggregate
    if aggregate is None or aggregate.function not in _EXTREMES:
        return f"the number of {rows}"
    column = getattr(aggregate.argument_node, "attr", "value")
    return f"the {_EXTREMES[aggregate.function]} {column} of {rows}"


def _has_all(scope: Scope, run: Run, model: Model) -> bool:
    """True if a list has each row that the conditions of its query find, and has it once."""
    alone = all(is_known(scope, predicate, model) for predicate in run.query.predicates)
    return alone and all_loaded(scope, run.query, run).status is Status.PROVEN


def _said(predicate: Predicate) -> str:
    """The same text for conditions that say the same of rows of one class."""
    if predicate.is_equality and predicate.column is not None and predicate.operand is not None:
        owner = predicate.alias or (predicate.model.full_name if predicate.model else "")
        return f"{owner}.{predicate.column.name} == {ast.unparse(predicate.operand)}"
    keyword = f"{predicate.keyword.arg} = " if predicate.keyword is not None else ""
    return f"{keyword}{ast.unparse(predicate.node)}"


def _is_whole(moments: Moments, name: str, first: Run, second: Run) -> bool:
    """True if a list is what the query gave when the number is asked for."""
    start, end = end_of(first.statement), position(second.statement)
    return not any(path == name and start <= place < end for place, path in moments.changes)


def _number(
    tally: Tally, told: InPython, test: Code | None, kept: dict[str, Copied], row: str
) -> Code | None:
    """What gives the number of the rows in a variable; `kept` are the holes for it."""
    if tally.counts_rows and tally.is_count:
        if test is None:
            return Code.of("len({fetched})", **kept)
        return Code.of(f"sum(1 for {row} in {{fetched}} if {{test}})", test=test, **kept)
    aggregate = tally.aggregate
    if aggregate is None or aggregate.function not in _EXTREMES or aggregate.distinct:
        return None
    match aggregate.argument, aggregate.node:
        case ColumnRef(column=column), ast.Call(func=ast.Attribute(attr=called)) if (
            called == aggregate.function and column.python in _COMPARED
        ):
            pass
        case _:
            return None
    value = told.of(column)
    holes: dict[str, Hole] = {"value": value, **kept}
    text = f"{{value}} for {row} in {{fetched}}"
    if column.may_be_null:
        present = Code.of("{value} is not None", value=value)
        test = present if test is None else Code.of("{p} and {t}", p=present, t=test)
    if test is not None:
        holes["test"] = test
        text += " if {test}"
    return Code.of(f"{aggregate.function}(({text}), default=None)", **holes)
