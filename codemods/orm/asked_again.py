"""The same rows queried again, and two queries of one table by one key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Role
from codemods.orm import uses
from codemods.orm.events import Run
from codemods.orm.in_python import InPython, named_model
from codemods.orm.moments import Moments, Position, position
from codemods.orm.naming import free, plural, snake, words
from codemods.orm.nearby_queries import (
    MANY,
    ONE,
    Merge,
    answers_alike,
    assigned_name,
    calls_known,
    candidates,
    comes_first,
    in_between,
    is_keyed_by_loop,
    is_named_between,
    kept_as_it_is,
    read_at,
    row_variable,
    same,
    settled,
    undisturbed,
    whole_row,
)
from codemods.orm.preconditions import proven, sent_together, unknown
from codemods.orm.query import Predicate
from codemods.orm.row_tests import Untranslatable
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import Cell
from codemods.patch import Code, Copied, InsertBefore, Patch, Remove, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def asked_again(scope: Scope, taken: set[str]) -> Iterator[Merge]:
    """Each query whose rows an earlier query of the function has, or could have, fetched."""
    used: set[Run] = set()
    gone: set[Position] = set()
    moments = Moments(scope)
    for first, second in combinations(candidates(scope), 2):
        if second in used or not comes_first(first, second):
            continue
        found = _same_rows(scope, moments, first, second, gone)
        if found is not None and assigned_name(scope, first) == assigned_name(scope, second):
            gone.add(position(second.statement))
        if found is None and first not in used:
            found = _same_key(scope, moments, first, second, taken)
        if found is not None:
            used |= {first, second}
            yield found


# The same rows ----------------------------------------------------------------------------


def _same_rows(
    scope: Scope, moments: Moments, first: Run, second: Run, gone: set[Position]
) -> Merge | None:
    """The second query asks for what a variable holds; `gone` are statements that only fetch it."""
    model, name = whole_row(first), assigned_name(scope, first)
    if model is None or name is None or whole_row(second) is not model:
        return None
    if not _asks_the_same(scope, moments, first, second, name):
        return None
    if not undisturbed(scope, first, second, (model,)) or not calls_known(scope, first, second):
        return None
    if is_named_between(moments, name, first, second, gone):
        return None
    rows = second.terminal in MANY
    if rows and not uses.only_read(scope, first.expression, scope.node):
        return None
    text = "list({fetched})" if rows else "{fetched}"
    place = scope.place

    def patches() -> tuple[Patch, ...]:
        if assigned_name(scope, second) == name:
            return (Remove(place(second.statement)),)
        code = Code.of(text, **kept_as_it_is(scope, first))
        return (Replace(place(second.expression), code),)

    # a row's own key may be one that is set, and not written
    alike = ast.unparse(first.expression) == ast.unparse(second.expression)
    judge = partial(settled, scope, first, second) if alike else partial(same, scope, second)
    things = plural(snake(model.name))
    what = words(things) if rows else f"{model.name} row"
    return Merge(
        message=f"the same {what} {'are' if rows else 'is'} queried twice, and {name} has "
        f"{'them' if rows else 'it'}",
        title=f"Use {name} again",
        node=second.expression,
        cost=Cost(
            Amount("2", f"2·{things}" if rows else "2"), Amount("1", things if rows else "1")
        ),
        preconditions=(
            judge("another transaction may have changed the row meanwhile, and it may be meant"),
            *in_between(scope, first, second),
        ),
        patches=patches,
        notes=((Role.QUERY, first.expression, f"{name} is fetched here"),),
    )


def _asks_the_same(scope: Scope, moments: Moments, first: Run, second: Run, name: str) -> bool:
    if first.terminal in (*ONE, *MANY) and first.terminal == second.terminal:
        texts = ast.unparse(first.expression), ast.unparse(second.expression)
        if texts[0] == texts[1]:
            again = read_at(moments, first.statement, second) and answers_alike(scope, second)
            return _is_list(first) and again
    return first.terminal in ONE and second.terminal in ONE and _by_own_key(scope, second, name)


def _is_list(run: Run) -> bool:
    """True if the answer is kept, and can be gone over twice."""
    return run.terminal != "iterate"


def _by_own_key(scope: Scope, run: Run, name: str) -> bool:
    """True for the row that has the primary key of the row in the variable `name`."""
    model = run.query.model
    if model is None or len(model.primary_key) != 1 or len(run.query.predicates) != 1:
        return False
    predicate = run.query.predicates[0]
    match predicate.operand, predicate.value:
        case ast.Attribute(value=ast.Name(id=found)), Cell(column=column, row=row) if row:
            return (
                found == name
                and row.model is model
                and not row.new
                and not row.optional
                and predicate.is_equality
                and predicate.alias is None
                and predicate.column is column
                and column.primary_key
            )
    return False


# One key of one table ---------------------------------------------------------------------


def _same_key(
    scope: Scope, moments: Moments, first: Run, second: Run, taken: set[str]
) -> Merge | None:
    """Both ask for rows of one table by one value, in two columns."""
    model = whole_row(first)
    if model is None or whole_row(second) is not model or is_keyed_by_loop(first):
        return None
    one, other = _only(first, model), _only(second, model)
    if one is None or other is None or one.operand is None or other.operand is None:
        return None
    if ast.unparse(one.operand) != ast.unparse(other.operand) or one.column is other.column:
        return None
    if {first.terminal in ONE, second.terminal in ONE} == {True}:
        return None
    for run, predicate in ((first, one), (second, other)):
        if run.terminal in ONE and not _finds_one(run, model, predicate):
            return None
        if run.terminal not in ONE and run.terminal not in MANY:
            return None
    if not undisturbed(scope, first, second, (model,)):
        return None
    if not read_at(moments, first.statement, second):
        return None
    if {assigned_name(scope, first), assigned_name(scope, second)} & {None}:
        return None
    return _merged(scope, model, (first, one), (second, other), taken)


def _only(run: Run, model: Model) -> Predicate | None:
    """The condition of a query that has one, an equality."""
    if len(run.query.predicates) != 1:
        return None
    predicate = run.query.predicates[0]
    plain = predicate.alias is None and predicate.model is model and predicate.is_equality
    given = predicate.given
    return predicate if plain and (given is None or given is predicate.node) else None


def _finds_one(run: Run, model: Model, predicate: Predicate) -> bool:
    assert predicate.column is not None
    known = not predicate.column.may_be_null
    return known and model.is_unique(frozenset({predicate.column.name}))


def _merged(
    scope: Scope,
    model: Model,
    first: tuple[Run, Predicate],
    second: tuple[Run, Predicate],
    taken: set[str],
) -> Merge | None:
    runs = first[0], second[0]
    rows = free(plural(snake(model.name)), "found_rows", taken=taken)
    row = row_variable(scope, model)

    def read(column: Column) -> Code:
        return Code.of(f"{row}.{column.name}")

    taken.add(rows)
    told = [InPython(scope, run, model, read) for run, _ in (first, second)]
    try:
        tests = [one.test(each[1]) for one, each in zip(told, (first, second), strict=True)]
    except Untranslatable:
        return None
    if any(one.deferred for one in told):
        return None
    doubts = [doubt for one in told for doubt in one.doubts]
    keys = proven("keys-equal", "the rows of each are told by its key")
    if doubts:
        keys = unknown(scope, "keys-equal", doubts[0][0], runs[1])
    lists = [pair for pair in (second, first) if pair[0].terminal in MANY]
    ordered = [pair for pair in lists if pair[0].query.has("order_by")]
    if len(ordered) > 1:
        return None
    many = (ordered or lists)[0]
    single = second if many is first else first
    if many[1].keyword is not None or named_model(scope, many[0], model) is None:
        return None
    columns = " and ".join(each[1].column.name for each in (first, second) if each[1].column)
    things = plural(snake(model.name))
    assert first[1].operand is not None
    return Merge(
        message=(
            f"two queries look for {words(things)} by `{ast.unparse(first[1].operand)}`, in {columns}"
        ),
        title="Fetch both in one query",
        node=second[0].expression,
        cost=Cost(Amount("2", f"1 + {things}"), Amount("1", things)),
        preconditions=(
            same(
                scope, runs[1],
                "the rows are told apart in Python, by what the session has, and not the database",
            ),
            keys,
            sent_together(scope, runs),
            *in_between(scope, *runs),
        ),
        patches=partial(_patches, scope, model, runs, tests, many, single, rows, row),
        notes=((Role.QUERY, runs[0].expression, "the first query"),),
    )  # fmt: skip


def _patches(
    scope: Scope,
    model: Model,
    runs: tuple[Run, Run],
    tests: list[Code],
    many: tuple[Run, Predicate],
    single: tuple[Run, Predicate],
    rows: str,
    row: str,
) -> tuple[Patch, ...]:
    place, words_ = scope.place, SqlNames(scope, scope.place(runs[0].expression))
    named = named_model(scope, many[0], model)
    assert named is not None
    conditions = []
    for _, predicate in (single, many):
        assert predicate.column is not None and predicate.operand is not None
        text = f"{{model}}.{predicate.column.name} == {{value}}"
        written = Code.of(text, model=Copied(place(named)), value=Copied(place(predicate.operand)))
        whole = Code.of("{node}", node=Copied(place(predicate.node)))
        conditions.append(written if predicate.keyword is not None else whole)
    either = Code.of("{or_}({c0}, {c1})", or_=words_.sql("or_"), c0=conditions[0], c1=conditions[1])
    node = many[0].expression
    asked: Code | Copied = Copied(place(node), substitute=((place(many[1].node), either),))
    if many[0].terminal == "iterate":
        asked = Code.of("{asked}.all()", asked=asked)
    patches: list[Patch] = [
        InsertBefore(place(runs[0].statement), (Code.of(f"{rows} = {{asked}}", asked=asked),))
    ]
    for run, test in zip(runs, tests, strict=True):
        text = f"[{row} for {row} in {rows} if {{test}}]"
        if run.terminal in ONE:
            text = f"next(({row} for {row} in {rows} if {{test}}), None)"
        patches.append(Replace(place(run.expression), Code.of(text, test=test)))
    return (*words_.imports.values(), *patches)
