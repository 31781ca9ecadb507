"""Rows that are fetched by the key of a row which the function has fetched right before."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Role
from codemods.orm.events import Branch, Run
from codemods.orm.grouping import session_key
from codemods.orm.moments import Moments, position
from codemods.orm.naming import free, snake, words
from codemods.orm.nearby_queries import (
    Merge,
    assigned_name,
    candidates,
    in_between,
    is_named_between,
    read_at,
    same,
    undisturbed,
    whole_row,
)
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query_code import sent_query
from codemods.orm.sql_names import SqlNames
from codemods.orm.tallies import is_exec
from codemods.orm.values import Cell, Row, Value
from codemods.patch import Code, Copied, Patch, Remove, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# What a Row of both is read with, by what the first query is read with.
_READ = {
    "first": "first", "scalar": "first", "get": "first", "one_or_none": "one_or_none",
    "scalar_one_or_none": "one_or_none", "one": "one", "scalar_one": "one",
}  # fmt: skip
_FOUND = frozenset({"first", "scalar", "get", "one_or_none", "scalar_one_or_none"})
_EAGER = frozenset({"joined", "subquery", None})


@dataclass(frozen=True)
class _One:
    """A query for one row: `column == value` is its condition, written as `operand`; `column` is
    None where it has others. `name` is how it says the class."""

    run: Run
    model: Model
    name: ast.expr
    column: Column | None
    value: Value | None
    operand: ast.expr | None


def keyed_rows(scope: Scope, taken: set[str]) -> Iterator[Merge]:
    """Each row that an outer join could bring with the row which has its key.

    `taken` are names that new variables must not have.
    """
    found = [one for run in candidates(scope, gets=True) if (one := _one(scope, run)) is not None]
    moments, used = Moments(scope), set[Run]()
    for position_, second in enumerate(found):
        for first in reversed(found[:position_]):
            if {first.run, second.run} & used or not _leads(scope, moments, first, second):
                continue
            used |= {first.run, second.run}
            yield _merge(scope, first, second, taken)


def _one(scope: Scope, run: Run) -> _One | None:
    if run.loops or run.terminal not in _READ:
        return None
    if run.terminal == "get":
        return _got(scope, run)
    model, asked = whole_row(run), sent_query(run)
    if model is None or asked is None or len(run.query.roots) != 1:
        return None
    if run.terminal == "scalar" and run.query.style == "legacy":
        return None
    match run.query.roots[0]:
        case ast.Call(args=[name], keywords=[], func=ast.Attribute(attr="query")) if (
            run.query.style == "legacy" and run.session_node is not None
        ):
            pass
        case ast.Call(args=[name], keywords=[]) if run.query.style != "legacy":
            pass
        case _:
            return None
    match run.query.predicates:
        case [predicate] if (
            predicate.is_equality and predicate.model is model and predicate.alias is None
        ):
            return _One(run, model, name, predicate.column, predicate.value, predicate.operand)
    return _One(run, model, name, None, None, None)


def _got(scope: Scope, run: Run) -> _One | None:
    """`session.get(Order, key)`, `session.query(Order).get(key)`."""
    model = run.query.model
    if model is None or len(model.primary_key) != 1 or len(run.arguments) != 1:
        return None
    match run.node:
        case ast.Call(func=ast.Attribute(attr="get"), args=[name, key], keywords=[]):
            pass
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Attribute(attr="query"), args=[name], keywords=[])
            ),
            args=[key],
            keywords=[],
        ):
            pass
        case _:
            return None
    if isinstance(key, ast.Tuple | ast.List | ast.Dict | ast.Starred) or run.session_node is None:
        return None
    return _One(run, model, name, model.columns[model.primary_key[0]], run.arguments[0], key)


def _leads(scope: Scope, moments: Moments, first: _One, second: _One) -> bool:
    """True if the second row is found by a key that the first one has."""
    name, column, value = assigned_name(scope, first.run), second.column, second.value
    if name is None or second.run.terminal not in _FOUND or first.model is second.model:
        return False
    if column is None or not isinstance(value, Cell) or not isinstance(value.row, Row):
        return False
    match second.operand:
        case ast.Attribute(value=ast.Name(id=found)) if found == name:
            pass
        case _:
            return False
    unique = column.primary_key and len(second.model.primary_key) == 1
    pointed = f"{second.model.table}.{column.column_name or column.name}"
    key = value.column
    if value.row.model is not first.model or value.row.new or key.expression or not unique:
        return False
    if key.foreign_key not in (None, pointed) or not _are_plain(first.model, second.model):
        return False
    if key.foreign_key is None and (key.python is None or key.python != column.python):
        return False
    one, other = first.run, second.run
    depth = len(one.branches)
    return (
        one.index < other.index
        and one.tries == other.tries[: len(one.tries)]
        and other.branches[:depth] == one.branches
        and session_key(one) == session_key(other)
        and one.awaited == other.awaited
        and one.no_autoflush == other.no_autoflush
        and not other.loops
        and _always(scope, name, one, other)
        and not is_named_between(moments, name, one, other)
        and undisturbed(scope, one, other, (first.model, second.model))
        and read_at(moments, one.statement, one)
    )


def _always(scope: Scope, name: str, first: Run, second: Run) -> bool:
    """True if the function comes to the second query wherever there is a first row."""
    depth = len(first.branches)
    between = [e for e in scope.exits if first.index < e.index < second.index]
    given_up = all(any(_is_about(b, name) for b in e.branches[depth:]) for e in between)
    return given_up and all(_is_about(branch, name) for branch in second.branches[depth:])


def _is_about(branch: Branch, name: str) -> bool:
    """True for an arm of `if row is None`, `if not row`."""
    match branch.test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=found)) | ast.Name(id=found):
            return found == name
        case ast.Compare(
            left=ast.Name(id=found),
            ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()],
            comparators=[ast.Constant(value=None)],
        ):
            return found == name
    return False


def _are_plain(*models: Model) -> bool:
    """True for classes of one table each, which load no others with a join."""
    return not any(
        model.parents or any(r.lazy in _EAGER for r in model.relationships.values())
        for model in models
    )


def _merge(scope: Scope, first: _One, second: _One, taken: set[str]) -> Merge:
    assert isinstance(second.value, Cell) and second.operand is not None
    one, other = words(snake(first.model.name)), words(snake(second.model.name))
    name = _name(scope, first.run, second, taken)
    taken.add(name)
    text = "the database compares the keys, by what it has, and the session may have another one"
    return Merge(
        message=f"the {one} is fetched, and then the {other} by `{ast.unparse(second.operand)}`",
        title="Fetch both rows by one outer join",
        node=second.run.expression,
        cost=Cost(Amount("2", "2"), Amount("1", "1")),
        preconditions=(
            same(scope, second.run, text),
            _keys(scope, second.run, second.value.column, second.column),
            _is_there(scope, second),
            *in_between(scope, first.run, second.run),
        ),
        patches=partial(_patches, scope, first, second, name),
        notes=((Role.QUERY, first.run.expression, f"the {one} has its key"),),
    )


def _keys(scope: Scope, run: Run, key: Column, column: Column | None) -> Precondition:
    name = "keys-equal"
    plain = column is not None and not (key.decorated or column.decorated)
    if plain and key.foreign_key is not None:
        return proven(name, "the foreign key has the values of the column that it points at")
    return unknown(scope, name, "what the columns hold may be converted, and found otherwise", run)


def _is_there(scope: Scope, second: _One) -> Precondition:
    """The key can be read without an error, as it is read no more."""
    name, key = "row-there", second.operand
    assert isinstance(second.value, Cell) and second.value.row is not None and key is not None
    if second.value.row.optional:
        text = f"`{ast.unparse(key)}` raises AttributeError where the first row is missing"
        return refuted(scope, name, text, second.run)
    return proven(name, "the first row is there where its key is read")


def _is_direct(scope: Scope, first: Run, second: Run) -> bool:
    """True if the variable of the second row can be set where the first one is."""
    name, blocks = assigned_name(scope, second), scope.flow.blocks
    if name is None or blocks[second.statement][0] is not blocks[first.statement][0]:
        return False
    start, end = position(first.statement), position(second.statement)
    return not any(
        isinstance(node, ast.Name) and node.id == name and start <= position(node) < end
        for node in walk(scope.node)
    )


def _name(scope: Scope, first: Run, second: _One, taken: set[str]) -> str:
    own = assigned_name(scope, second.run)
    if own is not None and _is_direct(scope, first, second.run):
        return own
    wanted = snake(second.model.name)
    return free(wanted, f"{wanted}_row", taken=taken)


def _patches(scope: Scope, first: _One, second: _One, name: str) -> tuple[Patch, ...]:
    run, place = first.run, scope.place
    held = assigned_name(scope, run)
    assert held is not None and second.column is not None and isinstance(second.value, Cell)
    sql = SqlNames(scope, place(run.expression))
    names = {"a": Copied(place(first.name)), "b": Copied(place(second.name))}
    on = f"{{b}}.{second.column.name} == {{a}}.{second.value.column.name}"
    begun = _begun(scope, sql, first, second)
    join = f"{{asked}}.outerjoin({{b}}, {on})"
    if any(call.method == "filter_by" for call in run.query.calls):
        # it is about what was joined last
        joined = Code.of(join, asked=_asked(scope, first, second, begun), **names)
    else:
        joined = _asked(scope, first, second, Code.of(join, asked=begun, **names))
    session = Copied(place(run.session_node)) if run.session_node is not None else "session"
    if not _is_legacy(first, second):
        send = "exec" if is_exec(run) else "execute"
        joined = Code.of(f"{{s}}.{send}({{joined}})", s=session, joined=joined)
        if run.awaited:
            joined = Code.of("(await {joined})", joined=joined)
    read = _READ[run.terminal]
    none = "" if read == "one" else " or (None, None)"
    fetch = Code.of(f"{held}, {name} = {{joined}}.{read}(){none}", joined=joined)
    patches: list[Patch] = [Replace(place(run.statement), fetch)]
    if assigned_name(scope, second.run) == name and _is_direct(scope, run, second.run):
        patches.append(Remove(place(second.run.statement), into=place(run.statement)))
    else:
        patches.append(Replace(place(second.run.expression), Code.of(name)))
    return (*sql.imports.values(), *patches)


def _is_legacy(first: _One, second: _One) -> bool:
    """True for `session.query(…)`; `session.get()` may stand among both kinds of code."""
    run = first.run
    if run.terminal != "get":
        return run.query.style == "legacy"
    match run.node:
        case ast.Call(args=[_, _]):
            asked = second.run.terminal != "get" and second.run.query.style == "legacy"
            return asked and not run.awaited
    return True


def _begun(scope: Scope, sql: SqlNames, first: _One, second: _One) -> Code:
    """The beginning of a query for both classes."""
    run, place = first.run, scope.place
    both = {"a": Copied(place(first.name)), "b": Copied(place(second.name))}
    if not _is_legacy(first, second):
        return Code.of("{select}({a}, {b})", select=sql.select(run.query), **both)
    assert run.session_node is not None
    return Code.of("{s}.query({a}, {b})", s=Copied(place(run.session_node)), **both)


def _asked(scope: Scope, first: _One, second: _One, begun: Code) -> Code:
    """The first query with another beginning."""
    run, place = first.run, scope.place
    if run.terminal == "get":
        assert first.column is not None and first.operand is not None
        method = "filter" if _is_legacy(first, second) else "where"
        return Code.of(
            f"{{begun}}.{method}({{a}}.{first.column.name} == {{key}})",
            begun=begun, a=Copied(place(first.name)), key=Copied(place(first.operand)),
        )  # fmt: skip
    query = sent_query(run)
    assert query is not None
    if query is run.query.roots[0]:
        return begun
    copied = Copied(place(query), substitute=((place(run.query.roots[0]), begun),))
    return Code.of("{query}", query=copied)
