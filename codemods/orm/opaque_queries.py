"""Queries in loops that no rewrite can answer, as nothing says what they select.

The class comes from a parameter, the statement is one of a table, or it is SQL text, here or in a
function that the loop calls: these are told, and left to a person.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm import lambdas, rounds
from codemods.orm.batch_sites import Site, arguments_of, sites
from codemods.orm.batch_units import unit
from codemods.orm.events import Act, Effect, Loop, Run
from codemods.orm.keys import loaded_names
from codemods.orm.mentions import has_tests
from codemods.orm.naming import each_of
from codemods.orm.preconditions import effects, refuted
from codemods.orm.query import Aggregate
from codemods.orm.remembered import remembers
from codemods.orm.values import Items, Symbol, Unknown

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope
    from codemods.source import Place

# A function that does one of these for each item, and not only where its query finds nothing, is
# about more than its queries.
_WRITES = (
    Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.FLUSH, Act.DML, Act.SQL, Act.REFRESH,
    Act.EXPIRE,
)  # fmt: skip
_WRITING = frozenset({"update", "delete"})
_READING = ("select", "with")
_TEXT = frozenset({"sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text"})


@dataclass(frozen=True, eq=False)
class OpaqueQuery:
    """A query that depends on the item of a loop.

    Args:
        expression: what is read from it, or the call that leads to it.
        condition: why it is not rewritten.
        site: the call in a loop of the function that sends it, if that is another one.
        sent: the queries that such a call leads to.
    """

    scope: Scope = field(repr=False)
    expression: ast.expr
    loops: tuple[Loop, ...]
    condition: Precondition
    site: Site | None = None
    sent: tuple[Run, ...] = ()

    @property
    def place(self) -> Place:
        return self.scope.place(self.expression)

    @property
    def _number(self) -> int:
        return len({run.node for run in self.sent}) or 1

    @cached_property
    def loop(self) -> Loop:
        return self.loops[-1]

    @property
    def message(self) -> str:
        each = rounds.item_of(self.loop)
        if self.site is None:
            return f"a query is sent once per {each} of this loop"
        what = "a query" if self._number == 1 else f"{self._number} queries"
        name = getattr(self.site.frame.code.node, "name", "it")
        return f"{name}() sends {what} for each {each} of this loop"

    @property
    def related(self) -> Iterator[Note]:
        items = rounds.items_of(self.loop)
        yield self.scope.note(Role.LOOP, self.loop.iterable, each_of(items))
        for run in {run.node: run for run in self.sent}.values():
            if self.scope.placed(run.node):
                yield self.scope.note(Role.QUERY, run.node, "this is sent for one item at a time")

    @property
    def cost(self) -> Cost:
        times = rounds.times(self.loops)
        if self._number > 1:
            times = f"{self._number}·{times}"
        first = self.loops[0].items
        own = isinstance(first, Items) and first.run is not None
        return Cost(Amount(f"1 + {times}" if own else times, times), None)


def opaque_queries(scope: Scope, known: Collection[ast.expr]) -> Iterator[OpaqueQuery]:
    """The queries that a function sends in its loops, and of which nobody knows the class.

    Args:
        known: what is told of anyway.
    """
    if has_tests(scope.module, scope.index.root):
        return
    for run in scope.own_runs:
        if run.expression in known or run.terminal in _WRITING or not is_worth(scope, run.loops):
            continue
        if not run.repeated:
            continue
        if depends(run.expression, run.loops) and (reason := _reason(run)) is not None:
            yield OpaqueQuery(scope, run.expression, run.loops, _not_understood(scope, reason))
    for effect in scope.effects:
        if effect.act is not Act.SQL or not effect.own or not is_worth(scope, effect.loops):
            continue
        if _reads_text(scope, effect):
            node = effect.node
            assert isinstance(node, ast.expr)
            condition = _not_understood(scope, "what SQL text asks is not analysed")
            yield OpaqueQuery(scope, node, effect.loops, condition)


def opaque_calls(scope: Scope, known: Collection[Place]) -> Iterator[OpaqueQuery]:
    """The calls in loops that lead to such queries, or to others that no batch function can ask.

    Args:
        known: what is told of anyway.
    """
    for site in () if has_tests(scope.module, scope.index.root) else sites(scope, also_while=True):
        if not varying(site) or not is_worth(scope, site.loops, calls_with(site)):
            continue
        if scope.place(site.call) in known:
            continue
        frame = site.frame
        helper = unit(scope.program, frame.code)
        if helper is None or remembers(site) or (helper.helper and site.call in helper.calls):
            continue
        done = effects(scope.events[frame.first : (frame.last or frame.first) + 1], *_WRITES)
        if any(_always_done(site, effect) for effect in done):
            continue
        sent = tuple(r for r in site.deep if r.loops == site.loops and asks(r, site))
        if sent and not _goes_on_by(site, sent):
            told = next(filter(None, map(_reason, sent)), None)
            condition = _not_understood(scope, told) if told else _obstacle(site, sent[0])
            yield OpaqueQuery(scope, site.call, site.loops, condition, site, sent)


def _goes_on_by(site: Site, sent: Sequence[Run]) -> bool:
    """True for a `while` that asks for one page after the other, or until something is found."""
    loop = site.loops[-1].node
    return isinstance(loop, ast.While) and (
        any(node is site.call for node in walk(loop.test))
        or any(run.query.has("limit", "offset", "slice") is not None for run in sent)
    )


def _not_understood(scope: Scope, reason: str) -> Precondition:
    return refuted(scope, "query-understood", reason)


def _always_done(site: Site, effect: Effect) -> bool:
    """True for what a call does whatever it finds: under no condition, and behind no `return` that
    a condition on what was asked leads to."""
    asked = min(run.index for run in site.deep)
    return len(effect.branches) == len(site.frame.branches) and not any(
        left.kind == "return" and asked < left.index < effect.index and left.frame is effect.frame
        and len(left.branches) > len(left.frame.branches)
        for left in site.scope.all_exits
    )  # fmt: skip


def varying(site: Site) -> set[str]:
    """The parameters that may get something else for every item."""
    frame, bound = site.frame, site.bound | calls_with(site)
    given = {name for name, node in site.arguments.items() if loaded_names(node) & bound}
    return (
        given | set(site.varying) or _given_as_words(frame, bound) or _given_in_turn(frame, bound)
    )


def calls_with(site: Site) -> frozenset[str]:
    """What `map()` and the like hand to the lambda that a call stands in."""
    made = lambdas.around(site.scope, site.call)
    return frozenset(item.arg for each in made for item in parameters(each))


def _given_in_turn(frame: Frame, changing: Collection[str]) -> set[str]:
    """The name of `*conditions`, where a call gives for it what is made from variables."""
    node, call = frame.code.node, frame.call
    if isinstance(node, ast.Module) or node.args.vararg is None or not isinstance(call, ast.Call):
        return set()
    before = len((*node.args.posonlyargs, *node.args.args)) - frame.bound
    given = call.args[before:]
    varies = any(loaded_names(each) & set(changing) for each in given)
    return {node.args.vararg.arg} if varies else set()


def _given_as_words(frame: Frame, changing: Collection[str]) -> set[str]:
    """The parameters, `**criteria` among them, that get by name what is made from variables."""
    node, call = frame.code.node, frame.call
    if not _takes_any(node) or not isinstance(call, ast.Call):
        return set()
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.args.kwarg is not None
    known = {item.arg for item in (*node.args.args, *node.args.kwonlyargs)}
    words = {k.arg for k in call.keywords if loaded_names(k.value) & set(changing)}
    rest = node.args.kwarg.arg
    return {word if word is not None and word in known else rest for word in words}


def _takes_any(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.args.kwarg is not None


def _takes_conditions(node: ast.AST) -> bool:
    """True for a function that anything may be given to."""
    return _takes_any(node) or (
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.args.vararg is not None
    )


def _obstacle(site: Site, run: Run) -> Precondition:
    """What keeps a batch function from asking for many what this asks for one."""
    reason = _told_by_others(site, run)
    if reason is not None:
        return _not_understood(site.scope, reason)
    helper = unit(site.scope.program, site.frame.code)
    if helper is not None and helper.obstacles:
        return helper.obstacles[0]
    if isinstance(site.loops[-1].node, ast.While):
        reason = (
            "the loop makes its items as it goes on: list them first, and fetch for all of them"
        )
        return refuted(site.scope, "keys-known-before", reason, run)
    name = getattr(run.frame.code.node, "name", "it")
    reason = f"what {name}() asks for is made in ways that are not followed"
    return _not_understood(site.scope, reason)


def _told_by_others(site: Site, run: Run) -> str | None:
    """Who says what is asked for, where the function that asks does not."""
    if site.problem is not None and site.of_several:
        return site.problem[0]
    node = run.frame.code.node
    assert not isinstance(node, ast.Module)
    own = {each.arg for each in parameters(node)} - {"self"}
    if _takes_conditions(node):
        return f"the conditions of {node.name}() are its callers' to give"
    if any(_of_object(entity.node) for entity in run.query.entities):
        return (
            f"{node.name}() serves several classes, and asks for that of the object it is called on"
        )
    if any(loaded_names(entity.node) & own for entity in run.query.entities):
        return f"{node.name}() is told by its callers what to select"
    return None


def _of_object(node: ast.expr) -> bool:
    """True for `self.model`."""
    return isinstance(node, ast.Attribute) and dotted_name(node.value) in ("self", "cls")


def asks(run: Run, site: Site) -> bool:
    """True if a query depends on what varies from call to call."""
    if run.terminal in _WRITING:
        return False
    changing = varying(site)
    chain = run.frame.chain
    for frame in chain[chain.index(site.frame) :]:
        if frame is not site.frame:
            given = arguments_of(frame) or {}
            named = {name for name, node in given.items() if loaded_names(node) & changing}
            changing = named or _given_as_words(frame, changing) or _given_in_turn(frame, changing)
        changing = _derived(frame.code.node, changing)
    asked = loaded_names(run.expression) & changing
    classes = {name for entity in run.query.entities for name in loaded_names(entity.node)}
    # rows of one class for one item, and of another for the next, are for nobody to fetch at once
    return bool(asked) and not (asked & classes and asked - classes)


def _derived(function: ast.AST, names: set[str]) -> set[str]:
    """These variables of a function, and those that are assigned what is made from them."""
    found, size = set(names), -1
    while size != len(found):
        size = len(found)
        for node in walk(function):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(
                    target=ast.Name(id=name), value=ast.expr() as value
                ):
                    if loaded_names(value) & found:
                        found.add(name)
    return found


def is_worth(scope: Scope, loops: Sequence[Loop], handed: Collection[str] = ()) -> bool:
    """False where the loop makes a few rounds only, or each is for many items already."""
    return (
        bool(loops)
        and (bool(handed) or any(loop.names or rounds.counts_on(loop) for loop in loops))
        and (not isinstance(loops[-1].node, ast.While) or rounds.counts_on(loops[-1]))
        and not rounds.always_few(scope, loops)
        and not any(rounds.in_chunks(loop) or rounds.is_retried(loop) for loop in loops)
    )


def depends(node: ast.AST, loops: Sequence[Loop]) -> bool:
    return any(loaded_names(node) & (loop.names | loop.assigned) for loop in loops)


def _reason(run: Run) -> str | None:
    """Why it is not known what the query selects; None where that is known."""
    reasons = []
    for entity in run.query.entities:
        match entity.value:
            case Symbol():
                reasons.append(_of_no_class(entity.node))
            case Aggregate(argument=Symbol(), argument_node=ast.expr() as node):
                reasons.append(_of_no_class(node))
            case Aggregate(argument=None) if (table := _table(run)) is not None:
                reasons.append(_of_no_class(table))
            case Unknown(plain=False):
                text = ast.unparse(entity.node)
                reasons.append(f"what {text} is here is known only when the code runs")
            case _:
                return None
    return reasons[0] if reasons else None


def _of_no_class(node: ast.expr) -> str:
    return f"{ast.unparse(node)} is no part of a mapped class that is known"


def _table(run: Run) -> ast.expr | None:
    """The one table, of no class that is known, of which all items have their rows counted."""
    source = run.query.has("select_from")
    if source is None or not run.query.predicates or run.query.tables is not None:
        return None
    match source.node.args:
        case [ast.Name() | ast.Attribute() as table] if not depends(table, run.loops):
            return table
    return None


def _reads_text(scope: Scope, effect: Effect) -> bool:
    """True for a SELECT in a literal, whose parameters depend on the item."""
    match effect.node:
        case ast.Call(args=[ast.Call(func=func, args=[ast.Constant(value=str(sql))]), *given]):
            resolved = scope.index.resolve(scope.module, dotted_name(func) or "")
            if resolved is None or scope.index.canonical(resolved) not in _TEXT:
                return False
            reads = sql.lstrip().lower().startswith(_READING) and " from " in sql.lower()
            return reads and any(depends(node, effect.loops) for node in given)
    return False
