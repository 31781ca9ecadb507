"""Queries of one function that ask for what another one could answer as well."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from codemods.facts.nodes import walk
from codemods.finding import Cost, Precondition, Role, Status
from codemods.orm import names, preconditions
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.flush_effects import SESSION_FLUSHES
from codemods.orm.grouping import session_key
from codemods.orm.invariants import is_steady, parts
from codemods.orm.moments import Moments, Position, end_of, path_of, position
from codemods.orm.naming import free, singular, snake
from codemods.orm.preconditions import effects, proven, unknown
from codemods.orm.query_code import sent_query
from codemods.orm.row_lists import is_asserted
from codemods.orm.scope import Scope
from codemods.orm.stateful import VOLATILE, stateful
from codemods.orm.values import Items, Row, Unknown
from codemods.patch import Copied, Patch
from codemods.project.model import Model

# What a query may be built with for its rows to be told by its conditions.
SIMPLE = frozenset({"filter", "where", "filter_by", "order_by"})
ONE = frozenset({"first", "one_or_none", "scalar_one_or_none"})
MANY = frozenset({"all", "iterate"})
_ENDING = frozenset({
    Act.ADD, Act.DELETE, Act.APPEND, Act.FLUSH, Act.DML, Act.SQL, Act.COMMIT, Act.ROLLBACK,
    Act.SAVEPOINT, Act.CLOSE, Act.EXPIRE, Act.REFRESH, Act.EXPUNGE,
})  # fmt: skip
SAME = "same-answer"
_WAITING = frozenset({"sleep", "wait", "wait_for", "join", "input"})
_DONE = {Act.SET: "something is assigned between them", Act.OUTSIDE: "time may pass between them"}


@dataclass(frozen=True, eq=False)
class Merge:
    """Queries that are one too many: what is said of them, and what takes their place.

    `node` is the query that is not needed, `notes` are other places.
    """

    message: str
    title: str
    node: ast.expr
    cost: Cost
    preconditions: tuple[Precondition, ...]
    patches: Callable[[], tuple[Patch, ...]]
    notes: tuple[tuple[Role, ast.expr, str], ...] = ()


def candidates(scope: Scope, gets: bool = False) -> list[Run]:
    """The queries of a function's own code that stand for themselves; with `gets` also those that
    the session may answer itself."""
    if len(scope.own_runs) < 2:
        return []
    return [run for run in scope.own_runs if _is_candidate(scope, run, gets)]


def _is_candidate(scope: Scope, run: Run, gets: bool) -> bool:
    query, got = run.query, gets and run.terminal == "get"
    return (
        query.understood
        and query.kind == "select"
        and not run.streamed
        and not run.awaited_elsewhere
        and run.expression in scope.parents
        and session_key(run) is not None
        and (got or sent_query(run) is not None)
        and not any(attempt.handles & names.LOADING_ERRORS for attempt in run.tries)
        and not any(isinstance(branch.node, ast.expr) for branch in run.branches)
        and not is_asserted(scope, run.expression)
        and run.statement in scope.flow.blocks
        and _is_written_out(run)
    )


def _is_written_out(run: Run) -> bool:
    """True if all of a query stands in one expression."""
    inside = set(walk(run.expression))
    parts = (*run.query.roots, *(call.node for call in run.query.calls))
    return all(part in inside for part in parts)


def comes_first(first: Run, second: Run) -> bool:
    """True if the function comes to the second only after the first, in the same iteration."""
    depth = len(first.branches)
    return (
        first.index < second.index
        and first.loops == second.loops
        and first.tries == second.tries[: len(first.tries)]
        and second.branches[:depth] == first.branches
        and session_key(first) == session_key(second)
        and first.no_autoflush == second.no_autoflush
        and first.awaited == second.awaited
        and first.query.style == second.query.style
    )


def is_keyed_by_loop(run: Run) -> bool:
    """True if what a loop binds picks the rows, which can be fetched for all items at once."""
    names_ = frozenset().union(*(loop.names | loop.assigned for loop in run.loops))
    return any(
        isinstance(node, ast.Name) and node.id in names_
        for predicate in run.query.predicates
        if predicate.operand is not None
        for node in walk(predicate.operand)
    )


def undisturbed(scope: Scope, first: Run, second: Run, models: Iterable[Model]) -> bool:
    """True if nothing in between writes the tables, ends the transaction or expires rows."""
    of = {model.full_name for model in models}
    for effect in effects(scope.between(first.index, second.index)):
        if effect.act in _ENDING or (effect.act is Act.SET and _is_of(effect, of)):
            return False
    return True


def _is_of(effect: Effect, of: set[str]) -> bool:
    return effect.model is None or effect.model.full_name in of


def is_named_between(
    moments: Moments, name: str, first: Run, second: Run, gone: Collection[Position] = ()
) -> bool:
    """True if a variable may hold something else by the time of the second query; `gone` are
    statements that only fetch it again."""
    start, end = end_of(first.statement), end_of(second.statement)
    own = position(second.statement) if assigned_name(moments.scope, second) == name else None
    return any(
        path == name and start <= place < end and place != own and place not in gone
        for place, path in moments.changes
    )


def read_at(moments: Moments, start: ast.stmt, run: Run) -> bool:
    """True if a query would ask for the same where `start` stands."""
    return moments.changed(run.expression, start, run) is None and all(
        moments.doubtful_call(predicate.node) is None for predicate in run.query.predicates
    )


def answers_alike(scope: Scope, run: Run) -> bool:
    """False for a query that may ask for something else each time: by chance, or by the clock."""
    nodes = [node for part in parts(run) for node in walk(part)]
    named = (getattr(node, "attr", "") or getattr(node, "id", "") for node in nodes)
    if not VOLATILE.isdisjoint(named) or not is_steady(scope, run):
        return False
    return stateful(scope, nodes) is None


def in_between(scope: Scope, first: Run, second: Run) -> tuple[Precondition, ...]:
    """What else may happen between two queries."""
    window = scope.between(first.index, second.index)
    return (
        preconditions.no_unknown_calls(scope, window),
        preconditions.not_suspended(scope, window),
        _set(scope, window),
    )


def _set(scope: Scope, window: Iterable[Event]) -> Precondition:
    name = "nothing-written"
    for effect in effects(window, Act.SET):
        if isinstance(effect.target, Row) or effect.model is not None:
            text = f"{effect.attribute or 'an attribute'} is assigned between them"
            return unknown(scope, name, f"{text}, and the second query writes it", effect)
    return proven(name, "nothing is written between them")


def calls_known(scope: Scope, first: Run, second: Run) -> bool:
    """True if no function in between may be why the second query is sent."""
    window = scope.between(first.index, second.index)
    found = preconditions.no_unknown_calls(scope, window), preconditions.not_suspended(
        scope, window
    )
    return all(each.status is Status.PROVEN for each in found)


def same(scope: Scope, run: Run, reason: str) -> Precondition:
    """Why a person has to look at a merge, whatever else is proven."""
    return unknown(scope, SAME, reason, run)


def settled(scope: Scope, first: Run, second: Run, reason: str) -> Precondition:
    """The same as `same`, and proven where nothing at all happens between two equal queries.

    The second one writes nothing that is pending then, as the first has written it, and nobody
    can have meant to wait for something.
    """
    hook = preconditions.query_hook(scope, second.query.style == "legacy")
    if hook is None and SESSION_FLUSHES & scope.index.session_events:
        hook = "a listener of the session, which runs in each flush, may change rows"
    if hook is not None:
        return same(scope, second, f"{hook}; {reason}")
    low, high = end_of(first.statement), end_of(second.statement)
    inside = [node for node in walk(scope.node) if low <= position(node) <= high]
    for node in inside:
        if isinstance(node, ast.Call) and path_of(node.func).rpartition(".")[2] in _WAITING:
            return same(scope, second, f"`{ast.unparse(node)}` lets time pass; {reason}")
    asked = {node for run in scope.own_runs for node in walk(run.expression)}
    for node in inside:
        if isinstance(node, ast.Name) and node not in asked and _may_run(scope, node.id):
            text = f"{node.id} may be an iterator, or an object, that does something here"
            return same(scope, second, f"{text}; {reason}")
    for effect in effects(scope.between(first.index, second.index)):
        return same(scope, second, f"{_DONE.get(effect.act, 'something is done')}; {reason}")
    stored = [
        node
        for node in inside
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
    ]
    if stored:
        text = f"`{ast.unparse(stored[0])}` is assigned between them; {reason}"
        return unknown(scope, SAME, text, second)
    return proven(SAME, "nothing happens between them, so that the answer is the same")


def _may_run(scope: Scope, name: str) -> bool:
    """True for a variable of which nothing is known, or that gives its items one by one."""
    match scope.flow.env.get(name):
        case Items(kind="iterator" | "any", run=None):
            return True
        case Unknown(plain=plain):
            return not plain
    return False


def whole_row(run: Run) -> Model | None:
    """The class of which a query selects rows as a whole, by nothing but conditions."""
    query = run.query
    model = query.model
    if model is None or any(call.method not in SIMPLE for call in query.calls):
        return None
    entity = query.entities[0].value
    return None if getattr(entity, "alias", None) else model


def assigned_name(scope: Scope, run: Run) -> str | None:
    """The variable that a statement gives the answer of a query to, and does nothing else."""
    match scope.parents.get(run.expression):
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned if assigned is run.statement:
            return name
    return None


def kept_as_it_is(scope: Scope, run: Run) -> dict[str, Copied]:
    """Holes for new code that reads what a query gave a variable: `fetched` is the variable. No
    other fix may change the query, or what its answer is called, in the same step."""
    match run.statement:
        case ast.Assign(targets=[target]):
            asked = Copied(scope.place(run.expression))
            return {"fetched": Copied(scope.place(target)), "asked": asked}
    raise AssertionError("the answer has no name")


def row_variable(scope: Scope, model: Model) -> str:
    """A variable for the rows of a comprehension."""
    wanted = singular(snake(model.name))
    names = [n for n in walk(scope.node) if isinstance(n, ast.Name) and n.id == wanted]
    inner = {
        node
        for comprehension in walk(scope.node)
        if isinstance(comprehension, ast.comprehension)
        for node in walk(comprehension.target)
    }
    stored = [n for n in names if not isinstance(n.ctx, ast.Load)]
    if names and all(node in inner for node in stored) and stored:
        others = {n.arg for n in walk(scope.node) if isinstance(n, ast.arg)}
        if wanted not in others | scope.module_names:
            return wanted
    return free(wanted, "row", taken=scope.taken_names)
