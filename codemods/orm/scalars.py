"""Numbers of several tables by one key, and the SELECT of subqueries that gives them all."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Role
from codemods.orm.entity_names import entity_name
from codemods.orm.events import Act, Run
from codemods.orm.grouping import session_key
from codemods.orm.moments import Moments, path_of, position
from codemods.orm.naming import free, singular, snake
from codemods.orm.nearby_queries import (
    Merge,
    assigned_name,
    candidates,
    in_between,
    is_keyed_by_loop,
    read_at,
    same,
    undisturbed,
)
from codemods.orm.preconditions import effects, proven, refuted, sent_together, unknown
from codemods.orm.query import Aggregate
from codemods.orm.query_code import sent_query
from codemods.orm.sql_names import SqlNames
from codemods.orm.tallies import is_exec
from codemods.orm.values import ColumnRef, ModelClass, Symbol
from codemods.patch import Code, Copied, InsertBefore, Patch, Remove, Replace
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_STEPS = frozenset({"filter", "where", "filter_by", "join", "select_from", "with_entities"})
_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND)


def scalars(scope: Scope, told: Collection[Run], taken: set[str]) -> Iterator[Merge]:
    """The numbers of several tables that a function asks for one by one, by one key.

    Args:
        told: queries that are not needed for another reason.
    """
    moments = Moments(scope)
    groups: list[list[Run]] = []
    for run in candidates(scope):
        if run in told or model_of(run) is None or is_keyed_by_loop(run):
            continue
        if run.terminal == "count" and entity_name(scope, run.query) is None:
            continue
        for group in groups:
            if _belongs(scope, moments, group, run):
                group.append(run)
                break
        else:
            groups.append([run])
    for group in groups:
        models = [model_of(run) for run in group]
        # several of one table are one SELECT without subqueries
        apart = [run for run in group if models.count(model_of(run)) == 1]
        if len(apart) > 1 and apart[0] is group[0]:
            yield _merge(scope, moments, apart, taken)


def model_of(run: Run) -> Model | None:
    """The class of which a query asks for one number, that it always gives."""
    query = run.query
    if len(query.entities) != 1 or any(call.method not in _STEPS for call in query.calls):
        return None
    match query.entities[0].value:
        case Aggregate(argument=ColumnRef(model=model, alias=None), filtered=False):
            return model if run.terminal in ("scalar", "scalar_one") else None
        case ModelClass(model=model, alias=None) if run.terminal == "count":
            plain = len(model.primary_key) == 1 and not model.parents
            return model if plain and query.style == "legacy" else None
    return None


def _belongs(scope: Scope, moments: Moments, group: list[Run], run: Run) -> bool:
    first = group[0]
    depth = len(first.branches)
    models = [model for each in (*group, run) if (model := model_of(each)) is not None]
    tables = {name for each in (*group, run) for name in each.query.tables or ()}
    written = [scope.index.model(name) for name in tables]
    return (
        first.loops == run.loops
        and first.tries == run.tries
        and first.query.style == run.query.style
        and first.awaited == run.awaited
        and first.no_autoflush == run.no_autoflush
        and session_key(first) == session_key(run)
        and run.branches[:depth] == first.branches
        and bool(_keys(first) & _keys(run))
        and len(models) > len(group)
        and undisturbed(scope, first, run, [model for model in written if model])
        and read_at(moments, first.statement, run)
        and (_is_reached(scope, first, run) or _owners(run) <= _owners(first))
    )


def _is_reached(scope: Scope, first: Run, run: Run) -> bool:
    """True if the function always comes from the first number to this one."""
    between = [leave for leave in scope.exits if first.index < leave.index < run.index]
    return first.branches == run.branches and not between


def _owners(run: Run) -> set[str]:
    """What the operands of a query read an attribute or an item of, which may be None."""
    found: set[str] = set()
    for predicate in run.query.predicates:
        if predicate.operand is None or isinstance(predicate.value, Symbol):
            continue
        for node in walk(predicate.operand):
            match node:
                case ast.Attribute(value=owner) | ast.Subscript(value=owner):
                    found.add(ast.unparse(owner))
                case ast.Call(func=function):
                    found.add(ast.unparse(function))
    return found


def _keys(run: Run) -> set[str]:
    """The variables that the conditions of a query compare columns with."""
    found = {
        path_of(predicate.operand).partition(".")[0]
        for predicate in run.query.predicates
        if predicate.is_equality and isinstance(predicate.operand, ast.Name | ast.Attribute)
    }
    return {name for name in found if name and name[:1].islower()}


def _merge(scope: Scope, moments: Moments, runs: list[Run], taken: set[str]) -> Merge:
    first, last = runs[0], runs[-1]
    names = tuple(_name(scope, moments, runs, run, taken) for run in runs)
    taken |= set(names)
    reason = "each number is asked for at a moment of its own, and now all at the first one's"
    return Merge(
        message=f"{len(runs)} numbers of different tables by one key are queried one by one",
        title=f"Ask for the {len(runs)} numbers in one query",
        node=first.expression,
        cost=Cost(Amount(str(len(runs)), str(len(runs))), Amount("1", "1")),
        preconditions=(
            same(scope, first, reason),
            sent_together(scope, runs),
            _flushes_alike(scope, first),
            *in_between(scope, first, last),
        ),
        patches=partial(_patches, scope, moments, runs, names),
        notes=tuple((Role.QUERY, run.expression, "another of them") for run in runs[1:]),
    )


def _flushes_alike(scope: Scope, first: Run) -> Precondition:
    """A SELECT of nothing but subqueries writes no pending objects on SQLAlchemy 1.4."""
    name, quiet = "flushes-alike", first.session is not None and first.session.autoflush is False
    legacy = first.query.style == "legacy"
    if quiet or first.no_autoflush or legacy or scope.settings.lowest_sqlalchemy >= (2, 0):
        return proven(name, "pending objects are written before the first number, as they are now")
    reason = "on SQLAlchemy 1.4 a query of subqueries alone writes no pending objects"
    judge = refuted if effects(scope.events[: first.index], *_WRITES) else unknown
    return judge(scope, name, reason, first)


def _is_direct(scope: Scope, moments: Moments, first: Run, run: Run) -> bool:
    """True if the variable of a number can be assigned where the first one is."""
    name, blocks = assigned_name(scope, run), scope.flow.blocks
    if name is None or blocks[run.statement][0] is not blocks[first.statement][0]:
        return False
    if run is first:
        return True
    start, end = position(first.statement), position(run.statement)
    if any(path == name and start <= place < end for place, path in moments.changes):
        return False
    return not any(
        isinstance(node, ast.Name) and node.id == name and start <= position(node) < end
        for node in walk(scope.node)
    )


def _name(scope: Scope, moments: Moments, runs: list[Run], run: Run, taken: set[str]) -> str:
    """The variable that a number is assigned to: its own, or a new one."""
    own = assigned_name(scope, run)
    if own is not None and _is_direct(scope, moments, runs[0], run):
        return own
    value, model = run.query.entities[0].value, model_of(run)
    assert model is not None
    about = own or singular(snake(model.name))
    function = value.function if isinstance(value, Aggregate) else "count"
    return free(f"{about}_{function}", taken=taken)


def _patches(
    scope: Scope, moments: Moments, runs: list[Run], names: tuple[str, ...]
) -> tuple[Patch, ...]:
    place, first = scope.place, runs[0]
    words = SqlNames(scope, place(first.expression))
    legacy = first.query.style == "legacy"
    parts = {f"q{number}": _subquery(scope, words, run) for number, run in enumerate(runs)}
    step = " " * 4
    listed = "".join(f"\n{step}{{{name}}}," for name in parts) + "\n"
    assert first.session_node is not None or legacy
    if first.session_node is not None and legacy:
        asked = Code.of(f"{{s}}.query({listed})", s=Copied(place(first.session_node)), **parts)
    elif legacy:
        root = Copied(place(first.query.roots[0]))
        asked = Code.of(f"{{root}}.with_entities({listed})", root=root, **parts)
    else:
        assert first.session_node is not None
        asked = Code.of(f"{{select}}({listed})", select=words.select(first.query), **parts)
        send = "exec" if is_exec(first) else "execute"
        asked = Code.of(f"{{s}}.{send}({{a}})", s=Copied(place(first.session_node)), a=asked)
        if first.awaited:
            asked = Code.of("(await {asked})", asked=asked)
    statement = Code.of(f"{', '.join(names)} = {{asked}}.one()", asked=asked)
    patches: list[Patch] = []
    for run, name in zip(runs, names, strict=True):
        direct = _is_direct(scope, moments, first, run)
        if run is first:
            put = Replace(place(run.statement), statement)
            patches.append(put if direct else InsertBefore(place(run.statement), (statement,)))
        elif direct:
            patches.append(Remove(place(run.statement), into=place(first.statement)))
        if not direct:
            patches.append(Replace(place(run.expression), Code.of(name)))
    return (*words.imports.values(), *patches)


def _subquery(scope: Scope, words: SqlNames, run: Run) -> Code:
    query, model, name = sent_query(run), model_of(run), entity_name(scope, run.query)
    assert query is not None and model is not None
    copied = Copied(scope.place(query))
    if run.terminal != "count":
        return Code.of("{query}.scalar_subquery()", query=copied)
    assert name is not None
    (key,) = model.primary_key
    return Code.of(
        f"{{query}}.with_entities({{func}}.count({{model}}.{key})).scalar_subquery()",
        query=copied,
        func=words.sql("func"),
        model=name,
    )
