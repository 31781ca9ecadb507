"""Queries of functions that do no more than to send them, as if the call in a loop sent them.

`find_one(**criteria)` of a repository serves any class and asks by any column, so that no function
beside it could ask for many; what one call of it asks is known where it is called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.batch_sites import Site, sites
from codemods.orm.batch_units import unit
from codemods.orm.definitions import reworked
from codemods.orm.eager_options import circular, class_name, typing_only
from codemods.orm.events import Exit, Run
from codemods.orm.forwarded import BOOL, NOT_NONE, OR_ZERO, SOME, Forwarded
from codemods.orm.ports import taken_for
from codemods.orm.query import Aggregate, Entity, Predicate, Query, QueryCall
from codemods.orm.values import ANYTHING, ModelClass
from codemods.patch import Code, Copied, Patch

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope
    from codemods.orm.values import Value

_STEPS = frozenset({"filter", "where", "filter_by", "order_by", "select_from"})
_LISTED = frozenset({"all", "iterate", "scalars"})


def forwarded(scope: Scope) -> tuple[Forwarded, ...]:
    """The queries that calls in the loops of a function lead to and nothing else."""
    return scope.one(_found)


def _found(scope: Scope) -> tuple[Forwarded, ...]:
    return tuple(_all_forwarded(scope))


def _all_forwarded(scope: Scope) -> Iterator[Forwarded]:
    for site in sites(scope):
        if len(site.deep) != 1 or (site.problem is not None and not _by_words(site)):
            continue
        helper = unit(scope.program, site.frame.code)
        if helper is not None and helper.code is None and (run := _forwarded(site)) is not None:
            yield run


def _by_words(site: Site) -> bool:
    """True where the call gives all that its function takes, in its own words."""
    call = site.call
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return not starred and all(keyword.arg is not None for keyword in call.keywords)


def _is_name(node: ast.expr) -> bool:
    """True for a constant, `session` and `self.session`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name | ast.Constant)


def _forwarded(site: Site) -> Forwarded | None:
    sent, scope = site.deep[0], site.scope
    frames = sent.frame.chain[1:]
    expression = scope.parents.get(site.call) if sent.awaited else site.call
    if sent.awaited and not isinstance(expression, ast.Await):
        return None
    if any(taken_for(frame) is not None for frame in frames):
        return None
    made = [_made(scope, frame, sent) for frame in reversed(frames)]
    if sent.loops != site.loops or None in made:
        return None
    query = _query(site, sent)
    if query is None or not isinstance(expression, ast.expr):
        return None
    if not _may_be_made(query, sent.terminal, {text for text in made if text}):
        return None
    given = _Given(scope, site.call)
    sender = None
    if sent.session_node is not None:
        sender = given.code(sent.frame, sent.session_node)
        if sender is None:
            return None
    node = _call(site, sent)
    if node is None or not all(map(_is_name, _dropped(site, query, node))):
        return None
    own = given.leaves[0] if given.leaves else None
    return Forwarded(
        index=sent.index, node=node, statement=sent.statement, inner=sent.statement,
        frame=scope.flow.root, loops=sent.loops, branches=site.frame.branches,
        tries=site.frame.tries, left=sent.left, query=query, terminal=sent.terminal,
        expression=expression, session=sent.session, session_node=own, awaited=sent.awaited,
        no_autoflush=sent.no_autoflush, chain=sent.chain, arguments=sent.arguments,
        sent=sent, call=site.call, sender=sender, imports=tuple(given.imports),
        made=tuple(text for text in made if text),
    )  # fmt: skip


def _made(scope: Scope, frame: Frame, sent: Run) -> str | None:
    """What a function makes of what the query finds, where it does nothing else; empty where it
    gives that back as it is."""
    node, facts = frame.code.node, frame.code.facts
    if isinstance(node, ast.Module) or facts is None or facts.is_generator or not frame.shown:
        return None
    if any(last not in ("classmethod", "staticmethod") for last in frame.code.decorators):
        return None
    if frame.code.owner is not None and reworked(scope.program, frame.code.owner):
        return None
    if isinstance(node, ast.AsyncFunctionDef) is not sent.awaited:
        return None
    *before, last = node.body
    if not all(_is_step(each, sent) for each in before) or not isinstance(last, ast.Return):
        return None
    called = (each for each in scope.flow.frames if each.caller is frame)
    # that of a module reads an annotation
    alone = all(
        each in sent.frame.chain or isinstance(each.code.node, ast.Module) for each in called
    )
    done = scope.events[frame.first : (frame.last or frame.first) + 1]
    if not alone or not all(event is sent or isinstance(event, Exit) for event in done):
        return None
    inner: ast.AST | None = sent.expression
    if frame is not sent.frame:
        inner = sent.frame.chain[sent.frame.chain.index(frame) + 1].call
    given, text = _taken_from(last.value)
    if text == BOOL and scope.index.resolve(frame.code.module, "bool") != "builtins.bool":
        return None
    if frame is not sent.frame and sent.awaited and isinstance(given, ast.Await):
        given = given.value
    return text if given is inner else None


def _taken_from(given: ast.expr | None) -> tuple[ast.expr | None, str]:
    """The value that an expression is made of, and how."""
    match given:
        case ast.BoolOp(op=ast.Or(), values=[value, ast.Constant(value=zero)]) if _is_zero(zero):
            return value, OR_ZERO
        case ast.Compare(
            left=value, ops=[ast.Gt()], comparators=[ast.Constant(value=zero)]
        ) if _is_zero(zero):
            return value, SOME
        case ast.Compare(left=value, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return value, NOT_NONE
        case ast.Call(func=ast.Name(id="bool"), args=[value], keywords=[]):
            return value, BOOL
    return given, ""


def _is_zero(constant: object) -> bool:
    return constant == 0 and type(constant) is int


def _may_be_made(query: Query, terminal: str, made: set[str]) -> bool:
    """True for what can be made of what is fetched for a key as of what a query finds."""
    match query.entities:
        case [Entity(value=Aggregate())]:
            return True
        case [Entity(value=Query())]:
            return made <= {BOOL}
    if query.kind == "exists":
        return made <= {BOOL}
    return not made or terminal == "count" or (terminal not in _LISTED and made <= {NOT_NONE, BOOL})


def _is_step(statement: ast.stmt, sent: Run) -> bool:
    """True for a docstring, and for a variable that gets the query or what it finds."""
    steps = (sent.node, *sent.query.roots, *(call.node for call in sent.query.calls))
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.Await(value=given) | given):
            return given in steps
        case ast.AnnAssign(target=ast.Name(), value=ast.Await(value=given) | given):
            return given in steps
    return False


def _dropped(site: Site, query: Query, asked: ast.Call) -> Iterator[ast.expr]:
    """What the call evaluates besides the values that the query is asked by."""
    kept = {*asked.args, *(predicate.node for predicate in query.predicates)}
    if isinstance(site.call.func, ast.Attribute):
        yield site.call.func.value
    for given in (*site.call.args, *(keyword.value for keyword in site.call.keywords)):
        if given not in kept:
            yield given


# The query --------------------------------------------------------------------------------------


def _query(site: Site, sent: Run) -> Query | None:
    """What is asked, in the words of the loop's function."""
    query = sent.query
    if query.kind != "select" or not query.understood or query.conditional or query.loaders:
        return None
    match query.entities:
        case [entity]:
            pass
        case _:
            return None
    selected = entity.value
    if isinstance(selected, ModelClass) and selected.alias is not None:
        return None
    if not all(call.method in _STEPS and not _positional(call) for call in query.calls):
        return None
    joined = all(isinstance(value, ModelClass) and value.alias is None for value in query.joins)
    if len(query.joins) > 1 or not joined or any(o.column is None for o in query.orderings):
        return None
    model = _model(query)
    if model is None:
        return None
    predicates = []
    for predicate in query.predicates:
        found = tuple(_words(site, sent.frame, predicate))
        if not found:
            return None
        for word, value, operand in found:
            column = model.model.columns.get(word)
            if column is None:
                return None
            predicates.append(
                Predicate(
                    operand, model.model, column, "==", operand, value,
                    keyword=ast.keyword(word, operand), models=(model.model,),
                )
            )  # fmt: skip
    asked = QueryCall("filter_by", site.call)
    return replace(query, predicates=tuple(predicates), calls=(*query.calls, asked))


def _positional(call: QueryCall) -> bool:
    return call.method == "filter_by" and bool(call.node.args)


def _model(query: Query) -> ModelClass | None:
    for value in (query.entities[0].value, *query.joins):
        if isinstance(value, ModelClass):
            return value
    return None


def _words(site: Site, frame: Frame, predicate: Predicate) -> Iterator[tuple[str, Value, ast.expr]]:
    """The columns that a condition of `filter_by()` names, with what they must equal; nothing
    where that is not known."""
    keyword, scope = predicate.keyword, site.scope
    if keyword is None or keyword.arg is not None:
        given, column = predicate.operand, predicate.column
        if given is None or column is None or predicate.operator != "==" or predicate.alias:
            return
        operand = (
            given
            if isinstance(given, ast.Constant)
            else _Given(scope, site.call).node(frame, given)
        )
        if operand is not None:
            yield column.name, predicate.value or ANYTHING, operand
        return
    found = _rest(frame, keyword.value)
    for word, home in found or ():
        operand = _Given(scope, site.call).node(home, word.value)
        if operand is None or word.arg is None:
            return
        yield word.arg, scope.flow.keywords.get(word.value, ANYTHING), operand


def _rest(frame: Frame, node: ast.expr) -> list[tuple[ast.keyword, Frame]] | None:
    """What the caller has given for `**criteria`, with the activation that it is written in."""
    function, call, caller = frame.code.node, frame.call, frame.caller
    if isinstance(function, ast.Module) or not isinstance(call, ast.Call) or caller is None:
        return None
    rest = function.args.kwarg
    if rest is None or not isinstance(node, ast.Name) or node.id != rest.arg or not frame.shown:
        return None
    spread = {k.value for n in walk(function) if isinstance(n, ast.Call) for k in n.keywords
              if k.arg is None}  # fmt: skip
    uses = [n for n in walk(function) if isinstance(n, ast.Name) and n.id == rest.arg]
    if not all(use in spread for use in uses):
        return None
    known = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    found: list[tuple[ast.keyword, Frame]] = []
    for keyword in call.keywords:
        if keyword.arg is None:
            more = _rest(caller, keyword.value)
            if more is None:
                return None
            found += more
        elif keyword.arg not in known:
            found.append((keyword, caller))
    return found


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
        found = _Given(site.scope, site.call).node(sent.frame, last)
        if found is None:
            return None
        last = found
    return ast.copy_location(ast.Call(function, [*before, last], []), site.call)


# Names ------------------------------------------------------------------------------------------


class _Given:
    """Says in a loop's function what an expression of a function is that it calls.

    `leaves` are the expressions of the loop's function that have been used, `imports` what it needs.
    """

    def __init__(self, scope: Scope, call: ast.Call) -> None:
        self.scope = scope
        self.call = call
        self.leaves: list[ast.expr] = []
        self.imports: list[Patch] = []

    def node(self, frame: Frame, node: ast.expr) -> ast.expr | None:
        """The expression of the loop's function that a parameter got; None where it got another."""
        if frame is self.scope.flow.root:
            return node
        if not isinstance(node, ast.Name) or not frame.hands_on(node.id):
            return None
        given = self._receiver(frame, node.id) or frame.argument(node.id)
        return self.node(frame.caller, given) if given is not None and frame.caller else None

    def code(self, frame: Frame, node: ast.expr) -> Code | None:
        """`self.session` as the caller writes it: `self.orders.session`."""
        own = self.node(frame, node)
        if own is not None:
            if not _is_name(own):
                return None
            self.leaves.append(own)
            return Code.of("{own}", own=Copied(self.scope.place(own)))
        match node:
            case ast.Attribute(value=value, attr=name):
                owner = self.code(frame, value)
                hidden = name.startswith("_") and not self._is_own(frame, value)
                if owner is None or hidden:
                    return None
                return Code.of(f"{{owner}}.{name}", owner=owner)
            case ast.Name(id=name) if frame.hands_on(name):
                given = self._receiver(frame, name) or frame.argument(name)
                if given is not None and frame.caller is not None:
                    return self.code(frame.caller, given)
            case ast.Name(id=name) if name not in self.scope.local_names:
                return self._of_module(frame.code.module, name)
        return None

    def _of_module(self, module: ModuleFacts, name: str) -> Code | None:
        """`db`, which the loop's module has under this name too, or can import."""
        scope = self.scope
        full = scope.index.resolve_local(module, name)
        here = scope.index.resolve(scope.module, name)
        if name in typing_only(scope):
            return None
        if full is None or here is not None:
            return Code.of(name) if full is not None and full == here else None
        if full != scope.index.resolve(module, name) or name in scope.module.values:
            return None
        place = scope.place(self.call)
        if circular(scope, full, place) is not None:
            return None
        known, imports = class_name(scope, full, place)
        self.imports += imports
        return Code.of(known)

    def _is_own(self, frame: Frame, value: ast.expr) -> bool:
        """True for `self` of the loop's function, which may read what others should not."""
        own = self.node(frame, value)
        return isinstance(own, ast.Name) and own.id in ("self", "cls")

    @staticmethod
    def _receiver(frame: Frame, name: str) -> ast.expr | None:
        function, call = frame.code.node, frame.call
        if not frame.bound or isinstance(function, ast.Module):
            return None
        first = [*function.args.posonlyargs, *function.args.args][:1]
        match call:
            case ast.Call(func=ast.Attribute(value=receiver)) if first and first[0].arg == name:
                return receiver
        return None
