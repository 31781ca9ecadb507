"""Queries of functions that do no more than to send them, as if the call in a loop sent them.

`find_one(**criteria)` of a repository serves any class and asks by any column, so that no function
beside it could ask for many; what one call of it asks is known where it is called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.orm import own_sessions
from codemods.orm.batch_sites import Site, property_sites, sites
from codemods.orm.batch_units import Unit, unit
from codemods.orm.definitions import reworked
from codemods.orm.events import Act, Exit, Loop, Run
from codemods.orm.forwarded import BOOL, NOT_NONE, Forwarded, asks_else, or_asked
from codemods.orm.forwarded_conditions import Told, told
from codemods.orm.found_or_else import given_for_found
from codemods.orm.given_back import LISTED, given_back, passed_on
from codemods.orm.given_names import GivenNames, is_name
from codemods.orm.keys import is_pure, loaded_names
from codemods.orm.lookup_shapes import inner_query, with_inner
from codemods.orm.ports import taken_for
from codemods.orm.preconditions import effects
from codemods.orm.protocols import TRUTH
from codemods.orm.query import Aggregate, Entity, Query, QueryCall
from codemods.orm.same_objects import only_keeps
from codemods.orm.summaries import overridden
from codemods.orm.values import ColumnRef, ModelClass, Row

if TYPE_CHECKING:
    from codemods.orm.batch_slices import HelperScope
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

_STEPS = frozenset({"filter", "where", "filter_by", "order_by", "select_from"})
# What finds a row or None.
_ONE_OR_NONE = frozenset({"get", "first", "one_or_none", "scalar_one_or_none", "scalar"})
_METHODS = frozenset({"classmethod", "staticmethod"})


def forwarded(scope: Scope) -> tuple[Forwarded, ...]:
    """The queries that calls in the loops of a function lead to and nothing else."""
    return scope.one(_found)


def _found(scope: Scope) -> tuple[Forwarded, ...]:
    return tuple(_all_forwarded(scope, ()))


def in_helper(scope: HelperScope) -> tuple[Forwarded, ...]:
    """The same of the calls in a function that loops call, as if it were the body of one."""
    return tuple(_all_forwarded(scope, (scope.loop,)))


def _all_forwarded(scope: Scope, around: tuple[Loop, ...]) -> Iterator[Forwarded]:
    for site in sites(scope, around):
        if site.problem is not None and not _by_words(site):
            continue
        helper = unit(scope.program, site.frame.code)
        if helper is None:
            continue
        # a batch function does not keep up what it fetched with what others add
        own = helper.asks_in_its_own_way
        if own and _adds_what_it_misses(site):
            own = _fetches(helper, site)
        if own and not effects(site.scope.events[site.frame.first : site.frame.last], Act.ADD):
            continue
        if (run := _forwarded(site)) is None:
            continue
        if not own or (run.with_more and not _fetches(helper, site)):
            yield run
    for site in property_sites(scope, around):
        if (run := _forwarded(site)) is not None:
            yield run


def _fetches(helper: Unit, site: Site) -> bool:
    """True if a loop can hand over to a helper what a function beside it has fetched."""
    called = helper.calls.get(site.call)
    return called is not None and called.possible


def _adds_what_it_misses(site: Site) -> bool:
    """True for a loop that looks whether its call has found a row, and adds rows of that class."""
    asked = {each.model for run in site.deep for each in run.query.entities if each.model}
    parents = site.scope.parents
    given: ast.AST = site.call
    if isinstance(parents.get(given), ast.Await):
        given = parents[given]
    match parents.get(given):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.NamedExpr(target=ast.Name(id=name)):
            pass
        case _:
            return False
    tests = (node.test for node in walk(site.loops[-1].owner) if isinstance(node, ast.If))
    return any(name in loaded_names(test) for test in tests) and any(
        effect.own and effect.model in asked and site.loops[0] in effect.loops
        for effect in effects(site.scope.events, Act.ADD)
    )


def _by_words(site: Site) -> bool:
    """True where the call gives all that its function takes, in its own words."""
    call = site.call
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return not starred and all(keyword.arg is not None for keyword in call.keywords)


def _forwarded(site: Site) -> Forwarded | None:
    sent, scope = site.deep[0], site.scope
    frames = sent.frame.chain[1:]
    expression = scope.parents.get(site.call) if sent.awaited else site.expression
    if sent.awaited and not isinstance(expression, ast.Await):
        return None
    if any(taken_for(frame) is not None for frame in frames):
        return None
    made = [_made(scope, frame, sent) for frame in reversed(frames)]
    if sent.loops != site.loops or None in made:
        return None
    asked = _query(site, sent)
    if asked is None or not isinstance(expression, ast.expr):
        return None
    query, told_of = asked
    if not _may_be_made(scope, query, sent.terminal, {text for text in made if text}):
        return None
    if len(site.deep) > 1 and not any(text and asks_else(text) for text in made):
        return None
    given = GivenNames(scope, site.call)
    sender, session, read = None, sent.session, frozenset[str]()
    if sent.session_node is not None:
        sender = given.code(sent.frame, sent.session_node)
        if sender is None:
            known = own_sessions.of_rows(site, sent)
            if known is None:
                return None
            sender, session, read = known.code, known.session, known.read
            given.leaves = [known.node] if known.node is not None else []
    node = _call(site, sent)
    if node is None:
        return None
    dropped = [each for each in _dropped(site, sent, query, node) if not is_name(each)]
    if not all(any(map(asks_else, filter(None, made))) and _is_pure(each) for each in dropped):
        return None
    own = given.leaves[0] if given.leaves else None
    return Forwarded(
        index=sent.index, node=node, statement=sent.statement, inner=sent.statement,
        frame=scope.flow.root, loops=sent.loops, branches=site.frame.branches,
        tries=site.frame.tries, left=sent.left, query=query, terminal=sent.terminal,
        expression=expression, session=session, session_node=own, awaited=sent.awaited,
        no_autoflush=sent.no_autoflush, chain=sent.chain, arguments=sent.arguments,
        sent=sent, call=site.call, sender=sender, imports=tuple(given.imports), read=read | given.read,
        made=tuple(text for text in made if text), conditions=tuple(told_of), dropped=tuple(dropped),
    )  # fmt: skip


def _made(scope: Scope, frame: Frame, sent: Run) -> str | None:
    """What a function makes of what the query finds, where it does nothing else; empty where it
    gives that back as it is."""
    node, facts = frame.code.node, frame.code.facts
    if isinstance(node, ast.Module) or facts is None or facts.is_generator or not frame.shown:
        return None
    kinds = ("property",) if isinstance(frame.call, ast.Attribute) else _METHODS
    if any(last not in kinds for last in frame.code.decorators):
        return None
    if frame.code.owner is not None and reworked(scope.program, frame.code.owner):
        return None
    first = next(iter(parameters(node)), None)
    own = frame.env.get(first.arg) if first is not None and frame.bound else None
    if (isinstance(own, Row) or bool(scope.invented)) and overridden(scope.flow, facts, own):
        return None
    if isinstance(node, ast.AsyncFunctionDef) is not sent.awaited:
        return None
    inner: ast.AST | None = sent.expression
    if frame is not sent.frame:
        inner = sent.frame.chain[sent.frame.chain.index(frame) + 1].call
    given, text, before = given_back(node.body)
    plain = given is inner or passed_on(scope, frame, sent, given) is inner
    or_else = None
    if inner is not None and not plain:
        or_else = given_for_found(node.body, inner, _steps(sent))
    steps = (
        own_sessions.asks_for_it(scope, frame, each) or _is_step(each, sent) for each in before
    )
    if or_else is None and not all(steps):
        return None
    called = (each for each in scope.flow.frames if each.caller is frame)
    # that of a module reads an annotation
    alone = all(
        each in sent.frame.chain
        or isinstance(each.code.node, ast.Module)
        or _makes_query(each, sent)
        or (or_else is not None and each.first > sent.index)
        or _makes_object(scope, each)
        for each in called
    )
    end = frame.last if frame.last is not None else frame.first
    done = scope.events[frame.first : (sent.index if or_else is not None else end) + 1]
    if not alone or not all(event is sent or isinstance(event, Exit) for event in done):
        return None
    if or_else is not None:
        return or_asked(or_else)
    if text == BOOL and scope.index.resolve(frame.code.module, "bool") != "builtins.bool":
        return None
    return text if plain else None


def _may_be_made(scope: Scope, query: Query, terminal: str, made: set[str]) -> bool:
    """True for what can be made of what is fetched for a key as of what a query finds."""
    if any(map(asks_else, made)):
        model = query.model
        true = model is not None and not scope.index.has_method(model.full_name, *TRUTH)
        return true and len(made) == 1 and terminal in _ONE_OR_NONE
    match query.entities:
        case [Entity(value=Aggregate())]:
            return True
        case [Entity(value=Query())]:
            return made <= {BOOL}
    if query.kind == "exists":
        return made <= {BOOL}
    return not made or terminal == "count" or (terminal not in LISTED and made <= {NOT_NONE, BOOL})


def _makes_object(scope: Scope, frame: Frame) -> bool:
    """True for an `__init__` that only keeps what it is given."""
    caller, call = frame.caller, frame.call
    facts = frame.code.facts
    if facts is None or facts.name != "__init__" or caller is None:
        return False
    return isinstance(call, ast.Call) and only_keeps(scope, caller.code.module, call)


def _makes_query(frame: Frame, sent: Run) -> bool:
    """True for a function that does no more than to begin the query: `return select(self.model)`."""
    match frame.code.node.body:
        case [ast.Return(value=ast.expr() as value)]:
            return value in _steps(sent)
        case [ast.Expr(value=ast.Constant()), ast.Return(value=ast.expr() as value)]:
            return value in _steps(sent)
    return False


def _is_step(statement: ast.stmt, sent: Run) -> bool:
    """True for a docstring, and for a variable that gets the query or what it finds."""
    steps = _steps(sent)
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.ImportFrom(names=names):
            # of a class, which the module itself would import in a circle
            used = {n.id for n in walk(sent.frame.code.node) if isinstance(n, ast.Name)}
            return {alias.asname or alias.name for alias in names} <= used
        case ast.Assign(targets=[ast.Name()], value=ast.Await(value=given) | given):
            return given in steps
        case ast.AnnAssign(target=ast.Name(), value=ast.Await(value=given) | given):
            return given in steps
    return False


def _steps(sent: Run) -> tuple[ast.AST, ...]:
    """The expressions that send a query, and build it."""
    queries = {id(query): query for query in (sent.query, inner_query(sent.query))}.values()
    made = [node for each in queries for node in (*each.roots, *(c.node for c in each.calls))]
    return (sent.node, *made)


def _dropped(site: Site, sent: Run, query: Query, asked: ast.Call) -> Iterator[ast.expr]:
    """What the call evaluates besides the values that the query is asked by."""
    kept = {*asked.args, *(predicate.node for predicate in inner_query(query).predicates)}
    # conditions that the call gives for `*criteria`
    kept |= {predicate.node for predicate in inner_query(sent.query).predicates}
    match site.call.func:
        case ast.Attribute(value=ast.Call() as made) if only_keeps(
            site.scope, site.scope.module, made
        ):
            pass
        case ast.Attribute(value=receiver):
            yield receiver
    for given in (*site.call.args, *(keyword.value for keyword in site.call.keywords)):
        if given not in kept:
            yield given


def _is_pure(node: ast.expr) -> bool:
    """True for what has no effect, dicts among it: `{"name": row["name"]}`."""
    match node:
        case ast.Dict(keys=names, values=values):
            return all(each is not None and is_pure(each) for each in (*names, *values))
    return is_pure(node)


# The query --------------------------------------------------------------------------------------


def _query(site: Site, sent: Run) -> tuple[Query, list[Told]] | None:
    """What is asked, in the words of the loop's function."""
    query, inner = sent.query, inner_query(sent.query)
    if query is inner:
        return _asked(site, sent, query)
    # whether there is a row: `select(exists(select(M.id).filter_by(…)))`
    if query.kind != "select" or not query.understood or query.calls or query.conditional:
        return None
    asked = _asked(site, sent, inner)
    return (with_inner(query, asked[0]), asked[1]) if asked is not None else None


def _asked(site: Site, sent: Run, query: Query) -> tuple[Query, list[Told]] | None:
    """The same of the query that has the conditions."""
    kinds = ("select",) if query is sent.query else ("select", "exists")
    if query.kind not in kinds or not query.understood or query.conditional or query.loaders:
        return None
    match query.entities:
        case [entity]:
            pass
        case _:
            return None
    selected = entity.value
    if isinstance(selected, ModelClass) and selected.alias is not None:
        return None
    steps = _STEPS | {"limit"} if query.limit == 1 else _STEPS
    if not all(call.method in steps and not _positional(call) for call in query.calls):
        return None
    joined = all(isinstance(value, ModelClass) and value.alias is None for value in query.joins)
    if len(query.joins) > 1 or not joined or any(o.column is None for o in query.orderings):
        return None
    model = _model(query)
    if model is None:
        return None
    found: list[Told] = []
    for predicate in query.predicates:
        more = told(site, sent.frame, predicate, model.model)
        if more is None:
            return None
        found += more
    asked = QueryCall("filter_by", site.call)
    predicates = tuple(each.predicate for each in found)
    return replace(query, predicates=predicates, calls=(*query.calls, asked)), found


def _positional(call: QueryCall) -> bool:
    return call.method == "filter_by" and bool(call.node.args)


def _model(query: Query) -> ModelClass | None:
    for value in (query.entities[0].value, *query.joins):
        if isinstance(value, ModelClass):
            return value
    match query.entities[0].value:
        case ColumnRef(model=model, alias=None) | Aggregate(
            argument=ColumnRef(model=model, alias=None)
        ) if not query.joins:
            return ModelClass(model)
    return None


def _call(site: Site, sent: Run) -> ast.Call | None:
    """What would send the query in the loop's function: a node for the key of a `get()`."""
    match sent.node:
        case ast.Call(func=ast.Attribute() as function, args=[*before, last], keywords=[]):
            pass
        case ast.Call(func=ast.Attribute() as function, args=[], keywords=[]):
            return ast.copy_location(ast.Call(function, [], []), site.call)
        case _:
            return None
    if sent.terminal == "get":
        found = GivenNames(site.scope, site.call).node(sent.frame, last)
        if found is None:
            return None
        last = found
    return ast.copy_location(ast.Call(function, [*before, last], []), site.call)
