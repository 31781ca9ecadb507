"""Functions that are handed a query, and give it back with more conditions: `visible_to(q, user)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name
from codemods.orm.fixed_names import is_fixed, is_literal
from codemods.orm.keys import is_harmless, loaded_names
from codemods.orm.moments import may_be_none
from codemods.orm.query_code import Unwritable
from codemods.orm.stateful import VOLATILE, stateful
from codemods.orm.values import Items, ModelClass

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.frames import Frame
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope

# Steps that leave a query what it is, whatever it selects.
_FILTERS = frozenset({"where", "filter"})
_PLAIN_DECORATORS = frozenset({"staticmethod", "classmethod"})
_PARTS = (
    ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Compare, ast.BinOp, ast.UnaryOp,
    ast.BoolOp, ast.List, ast.Tuple, ast.Set, ast.IfExp,
)  # fmt: skip
# What goes over its argument.
_LISTED = frozenset({"in_", "not_in", "notin_"})


@dataclass(frozen=True, eq=False)
class Passage:
    """A call of such a function.

    Args:
        call: as the function that builds the query writes it.
        given: its argument that is the query.
        frame: the activation that it leads to.
        inner: the calls that hand the query on from there.
        building: the calls of the functions that add conditions.
    """

    call: ast.Call
    given: ast.expr
    frame: Frame
    inner: tuple[Passage, ...] = ()
    building: frozenset[ast.AST] = frozenset()

    @property
    def others(self) -> list[ast.expr]:
        """What else it is given."""
        receiver = [self.call.func.value] if isinstance(self.call.func, ast.Attribute) else []
        handed = [*self.call.args, *(keyword.value for keyword in self.call.keywords)]
        return [*receiver, *(node for node in handed if node is not self.given)]

    @property
    def failing(self) -> ast.expr | None:
        """What the functions read an attribute of that may be None."""
        for frame in self.frames:
            for node in walk(frame.code.node):
                match node:
                    case ast.Attribute(value=ast.Name(id=name) as owner):
                        if may_be_none(frame.env.get(name)):
                            return owner
        return None

    @property
    def frames(self) -> Iterator[Frame]:
        yield self.frame
        for each in self.inner:
            yield from each.frames

    def attributes(self, scope: Scope) -> set[str]:
        """The attributes that the functions read of what they are given, columns aside."""
        return {
            node.attr
            for frame in self.frames
            for node in walk(frame.code.node)
            if isinstance(node, ast.Attribute) and not _names_class(scope, frame, node.value)
        }


def passage(scope: Scope, call: ast.AST) -> Passage | None:
    """The call as one of a function that adds conditions; None where it hands on no query.

    Raises:
        Unwritable: where that function does something else, too.
    """
    frames = [f for f in scope.flow.frames if f.call is call and f.caller is scope.flow.root]
    if not isinstance(call, ast.Call) or len(frames) != 1:
        return None
    return _Reader(scope, frames[0]).read()


def passages(scope: Scope, owner: ast.AST) -> Iterator[Passage]:
    """All such calls in a part of a function that do nothing else."""
    called = {frame.call for frame in scope.flow.frames if frame.caller is scope.flow.root}
    for node in walk(owner):
        try:
            found = passage(scope, node) if node in called else None
        except Unwritable:
            continue
        if found is not None:
            yield found


@dataclass(frozen=True)
class HandedOn:
    """What the functions are written of that make some calls of a query, what else they are given,
    and what of that may raise."""

    within: frozenset[ast.AST]
    given: tuple[ast.AST, ...]
    failing: ast.expr | None


def handed_on(scope: Scope, owner: ast.AST, query: Query) -> HandedOn:
    """This of all calls in a part of a function that add conditions to a query."""
    within: set[ast.AST] = set()
    given: list[ast.AST] = []
    failing, made = None, {call.node for call in query.calls}
    for each in passages(scope, owner):
        nodes = {n for frame in each.frames for n in walk(frame.code.node)}
        if nodes & made:
            within |= nodes
            given += [n for node in each.others for n in walk(node)]
            failing = failing or each.failing
    return HandedOn(frozenset(within), tuple(given), failing)


def is_apart(scope: Scope, run: Run, condition: ast.AST, names: Set[str]) -> bool:
    """True for a condition of such a function, whose parameters may be called like variables of
    the loop: none of these `names` is given to it."""
    if condition in scope.parents or not run.loops:
        return False
    for each in passages(scope, run.loops[0].owner):
        if any(condition in walk(frame.code.node) for frame in each.frames):
            return not any(loaded_names(node) & names for node in each.others)
    return False


class _Reader:
    """Reads the function of one activation.

    Args:
        above: the functions that have led to it.
    """

    def __init__(self, scope: Scope, frame: Frame, above: tuple[Frame, ...] = ()) -> None:
        self.scope = scope
        self.frame = frame
        self.above = (*above, frame)
        self.inner: list[Passage] = []
        self.queries: set[str] = set()
        self.locals: set[str] = set()

    def read(self) -> Passage | None:
        frame, call, node = self.frame, self.frame.call, self.frame.code.node
        if not isinstance(call, ast.Call) or not isinstance(node, ast.FunctionDef):
            return None
        given = self._query()
        if given is None:
            return None
        name, expression = given
        facts = frame.code.facts
        decorators = {each.rpartition(".")[2] for each in frame.code.decorators}
        if (
            facts is None or not frame.shown or decorators - _PLAIN_DECORATORS
            or node.args.vararg or node.args.kwarg
            or any(isinstance(each, ast.Starred) for each in call.args)
            or any(keyword.arg is None for keyword in call.keywords)
            or (frame.code.owner and self.scope.index.overridden(frame.code.owner, node.name))
        ):  # fmt: skip
            raise self._more(call)
        self.queries = {name}
        self.locals = {each.arg for each in parameters(node)}
        if not self._block(node.body) or not self._names_known():
            raise self._more(call)
        building = {n for n in walk(node) if self._filters(n)}
        building.update(each.call for each in self.inner)
        known = frozenset(building.union(*(each.building for each in self.inner)))
        if stateful(self.scope, walk(node), known) is not None:
            raise self._more(call)
        if (gone := self._gone_over()) is not None:
            raise Unwritable(f"if {ast.unparse(gone)} is an iterator, one query uses it up", call)
        return Passage(call, expression, frame, tuple(self.inner), known)

    def _query(self) -> tuple[str, ast.expr] | None:
        """The parameter whose conditions are added to, and what is given for it."""
        node = self.frame.code.node
        assert isinstance(node, ast.FunctionDef)
        returned = {
            name
            for part in walk(node)
            if isinstance(part, ast.Return) and part.value is not None
            if (name := _begun_by(part.value)) is not None
        }
        found = [
            (each.arg, given)
            for each in parameters(node)
            if each.arg in returned and (given := self.frame.argument(each.arg)) is not None
        ]
        return found[0] if len(found) == 1 else None

    def _more(self, call: ast.expr) -> Unwritable:
        name = getattr(self.frame.code.node, "name", "it")
        return Unwritable(f"{name}() does more than to add conditions to the query", call)

    # Statements ---------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt]) -> bool:
        return all(map(self._statement, body))

    def _statement(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return True
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(
                target=ast.Name(id=name), value=ast.expr() as value
            ):
                self.locals.add(name)
                if self._is_query(value):
                    self.queries.add(name)
                    return True
                return name not in self.queries and self._is_value(value)
            case ast.If(test=test, body=body, orelse=orelse):
                return self._is_value(test) and self._block(body) and self._block(orelse)
            case ast.Return(value=ast.expr() as value):
                return self._is_query(value)
        return False

    def _is_query(self, node: ast.expr) -> bool:
        """True for the query, with conditions or without."""
        match node:
            case ast.Name(id=name):
                return name in self.queries
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._is_value(test) and self._is_query(body) and self._is_query(orelse)
            case ast.Call(func=ast.Attribute(value=before, attr=method), args=given, keywords=[]):
                if method in _FILTERS and self._is_query(before):
                    return all(self._is_condition(each) for each in given)
        return isinstance(node, ast.Call) and self._is_handed_on(node)

    def _is_handed_on(self, node: ast.Call) -> bool:
        frames = [f for f in self.scope.flow.frames if f.call is node and f.caller is self.frame]
        codes = [frame.code for frame in self.above]
        if len(frames) != 1 or frames[0].code in codes:
            return False
        found = _Reader(self.scope, frames[0], self.above).read()
        if found is None or not self._is_query(found.given):
            return False
        self.inner.append(found)
        return all(map(self._is_value, found.others))

    def _filters(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(value=before, attr=method)) if method in _FILTERS:
                return self._is_query(before)
        return False

    def _is_value(self, node: ast.expr) -> bool:
        """True for what can be tested or handed on, and raises nothing by itself."""
        return not loaded_names(node) & self.queries and (
            is_harmless(node) or isinstance(node, ast.Constant)
        )

    def _is_condition(self, node: ast.expr) -> bool:
        """True for SQL that is made of columns, of constants and of what the function is given."""
        return not loaded_names(node) & self.queries and all(map(self._is_part, walk(node)))

    def _is_part(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=function):
                return self._is_sql(function) or self._is_span(node)
            case ast.Attribute(attr=name):
                return name not in VOLATILE
        return not isinstance(node, ast.expr) or isinstance(node, _PARTS)

    def _is_sql(self, node: ast.expr) -> bool:
        """True for a function of SQLAlchemy, and for a method of a column."""
        while isinstance(node, ast.Attribute | ast.Call):
            node = node.value if isinstance(node, ast.Attribute) else node.func
            if _names_class(self.scope, self.frame, node):
                return True
        full = self._full_name(node)
        own = isinstance(node, ast.Name) and node.id in self.locals
        return not own and full is not None and full.startswith(("sqlalchemy.", "sqlmodel."))

    def _is_span(self, node: ast.Call) -> bool:
        """True for `timedelta(days=30)`."""
        given = (*node.args, *(keyword.value for keyword in node.keywords))
        full = self._full_name(node.func) or ""
        known = full.startswith("datetime.") and full.rpartition(".")[2] not in VOLATILE
        return known and all(isinstance(each, ast.Constant) for each in given)

    def _full_name(self, node: ast.expr) -> str | None:
        return self.scope.index.resolve(self.frame.code.module, dotted_name(node) or "")

    # Names --------------------------------------------------------------------------------

    def _names_known(self) -> bool:
        """True if what it reads besides its parameters is the same as long as the program runs."""
        node = self.frame.code.node
        assert isinstance(node, ast.FunctionDef)
        inside = (part for statement in node.body for part in walk(statement))
        names = {part.id for part in inside if isinstance(part, ast.Name)} - self.locals
        return all(map(self._is_fixed, names))

    def _is_fixed(self, name: str) -> bool:
        full = self.scope.index.resolve(self.frame.code.module, name)
        if full is not None and self.scope.index.function(full) is not None:
            handed = [each.call.func for each in self.inner]
            return any(isinstance(each, ast.Name) and each.id == name for each in handed)
        return full is not None and is_fixed(self.scope, full)

    def _gone_over(self) -> ast.expr | None:
        """What an `in_()` goes over that may give its items once only."""
        for node in walk(self.frame.code.node):
            match node:
                case ast.Call(func=ast.Attribute(attr=name), args=[given]) if name in _LISTED:
                    if not self._lasts(given):
                        return given
        return None

    def _lasts(self, node: ast.expr) -> bool:
        if is_literal(node) or isinstance(node, ast.List | ast.Tuple | ast.Set):
            return True
        match node:
            case ast.Call():
                # a SELECT
                return True
            case ast.Name(id=name) if name in self.locals:
                value = self.frame.env.get(name)
                return isinstance(value, Items) and value.repeatable
            case ast.Name():
                return True
        return False


def _names_class(scope: Scope, frame: Frame, node: ast.expr) -> bool:
    """True for a mapped class, which a parameter may be."""
    dotted = dotted_name(node)
    if dotted is None:
        return False
    if dotted in frame.env:
        return isinstance(frame.env[dotted], ModelClass)
    full = scope.index.resolve(frame.code.module, dotted)
    return full is not None and isinstance(scope.flow.named(full), ModelClass)


def _begun_by(node: ast.expr) -> str | None:
    """The variable that a chain of calls begins with, or the one that is handed on first."""
    while True:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Call(func=ast.Attribute(value=before, attr=method)) if method in _FILTERS:
                node = before
            case ast.Call(args=[first, *_]):
                node = first
            case ast.IfExp(body=body):
                node = body
            case _:
                return None
