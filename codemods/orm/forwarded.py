"""A query that a loop's call leads to, as if the loop sent it itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm.batch_changes import bound_anew
from codemods.orm.events import Effect, Exit, Run
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.moments import Moments
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.replaced import replaced_by
from codemods.orm.values import ANYTHING, Cell, Row, holds
from codemods.patch import Code, Hole, Patch

if TYPE_CHECKING:
    from codemods.orm.forwarded_conditions import Told
    from codemods.orm.frames import Frame
    from codemods.orm.keys import KeyPart
    from codemods.orm.scope import Scope
    from codemods.orm.values import Value

OR_ZERO, SOME = "{value} or 0", "{value} > 0"
NOT_NONE, BOOL = "{value} is not None", "bool({value})"
# What is found, or what the call gives today, which does something else where there is none.
OR_ASKED = "{value} or {asked}"
_ASKED = "{asked}"


@dataclass(eq=False, kw_only=True)
class Forwarded(Run):
    """A query as the call of a loop asks it, which another function sends.

    `sent` is the query in that function, `call` what leads there, `sender` how the loop's function
    names the session, None where the class itself gives the query, `imports` what that name takes and
    `read` the attributes that it reads instead of those of the functions.
    `made` is what the functions make of what is found, from the inside out: `{value} or 0`,
    `{value} > 0`. `conditions` are those of the query in the words of the loop's function, `dropped`
    what the call gives besides, and is not evaluated for what is found.
    """

    sent: Run
    call: ast.Call
    sender: Code | None
    imports: tuple[Patch, ...] = ()
    read: frozenset[str] = frozenset()
    made: tuple[str, ...] = ()
    conditions: tuple[Told, ...] = ()
    dropped: tuple[ast.expr, ...] = ()

    @property
    def written(self) -> ast.AST:
        return self.expression if isinstance(self.expression, ast.Attribute) else self.call

    def is_called_by(self, frame: Frame) -> bool:
        return frame.call is self.call

    def is_sent_by(self, other: Run) -> bool:
        return other.node is self.sent.node and self._caller(other) is not None

    def values_in(self, other: Run, parts: Sequence[KeyPart]) -> dict[int, Value]:
        """What the keys are where `other` sends this query, by the parts' operands; anything where
        that is not seen."""
        caller = self._caller(other)
        assert caller is not None
        return {id(part.operand): _value(caller, part) for part in parts}

    def _caller(self, other: Run) -> Frame | None:
        """The activation that leads to `other` by this call: the one that has it, or one of which
        no more is known than what it does for any caller."""
        calls = (self.call, self.expression)
        for frame in other.frame.chain:
            if frame.call in calls:
                return frame.caller
        return other.frame if other.frame.code is self.frame.code else None

    def keyed_by(self, parts: Sequence[KeyPart]) -> Iterable[ast.expr]:
        yield from super().keyed_by(parts)
        yield from self.dropped
        read = {(part.column, part.attribute) for part in parts if part.attribute}
        for predicate in inner_query(self.sent.query).predicates:
            match predicate.operand:
                case ast.Attribute(attr=name) as node if (predicate.column, name) in read:
                    yield node

    def names_of_others(self) -> set[ast.AST]:
        """What says nothing of how the query may change in the loop: the session, and what the
        function that sends it calls its class, its columns and what it was called with."""
        found = {*walk(self.session_node or self.call.func), *_of_query(self)}
        for node in walk(self.sent.frame.code.node):
            match node:
                case ast.Name(id=name) if self.sent.frame.hands_on(name):
                    found.add(node)
        return found

    @property
    def sent_whole(self) -> bool:
        return self.sent.sent_whole

    @property
    def tests(self) -> bool:
        """True if the functions give back no more than whether there is a row."""
        return bool(self.made) and self.made[-1] in (NOT_NONE, BOOL)

    @property
    def or_asked(self) -> bool:
        """True if the call stays, for the items of which nothing was found."""
        return any(asks_else(text) for text in self.made)

    @property
    def with_more(self) -> str | None:
        """What the functions give back for what is found, where that is a pair of it and a
        constant: `({value}, False)`."""
        found = next(filter(asks_else, self.made), OR_ASKED)
        return found.partition(" if ")[0] if found != OR_ASKED else None

    def made_of(self, value: Code, counted: bool, asked: Hole) -> Code:
        """What the functions would give back for `value`, which is a number if rows are counted;
        `asked` is the call as it stands in the loop."""
        if self.or_asked:
            (text,) = self.made
            return Code.of(text, value=value, asked=asked)
        for text in self.made:
            if not (counted and text == OR_ZERO):
                value = Code.of(text, value=value)
        return value


def asks_else(text: str) -> bool:
    """True for what the call still gives where nothing is found."""
    return _ASKED in text


def or_asked(given: str) -> str:
    """The same for what functions give back for what they find."""
    return OR_ASKED if given == "{value}" else f"{given} if {{value}} else {_ASKED}"


def _value(frame: Frame, part: KeyPart) -> Value:
    """What an expression of a function is in one activation of it."""
    match part.operand:
        case ast.Name(id=name) if frame.hands_on(name):
            given = frame.env.get(name, ANYTHING)
            if part.attribute is None:
                return given
            column = given.model.columns.get(part.attribute) if isinstance(given, Row) else None
            if isinstance(given, Row) and column is not None:
                return Cell(given.model, column, given)
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if frame.hands_on(name):
            given = frame.env.get(name, ANYTHING)
            column = given.model.columns.get(attribute) if isinstance(given, Row) else None
            if isinstance(given, Row) and column is not None:
                return Cell(given.model, column, given)
        case ast.Constant():
            return part.value
    return ANYTHING


def conditions(scope: Scope, run: Forwarded) -> Iterator[Precondition]:
    """What must hold for a loop to do without the functions that send its query."""
    yield _not_replaced(scope, run)
    if run.or_asked and not _ends_the_loop(scope, run):
        text = "a key that is not found is asked for as before: of new ones the fetch saves nothing"
        yield unknown(scope, "asked-every-time", text, run)
    moments = Moments(scope)
    if (failing := next(filter(None, map(moments.raising, run.dropped)), None)) is not None:
        text = f"{ast.unparse(failing)} may raise, and is not evaluated any more for what is found"
        yield unknown(scope, "errors-alike", text, run)
    code = [run.call.func, *(frame.code.node for frame in run.sent.frame.chain[1:])]
    of_query = set(_of_query(run))
    read = {
        node.attr
        for part in code
        for node in walk(part)
        if isinstance(node, ast.Attribute) and node not in of_query
    }
    read |= run.read
    if (name := bound_anew(scope, run.loops, read)) is not None:
        reason = f"the loop may assign {name}, by which {run.sent.frame.code.title} asks"
        yield refuted(scope, "query-invariant", reason, run)


def _of_query(run: Forwarded) -> Iterator[ast.AST]:
    """The methods that build the query and send it, and the columns of its conditions."""
    query = inner_query(run.sent.query)
    for call in query.calls:
        yield call.node.func
    for node in walk(run.sent.expression):
        if isinstance(node, ast.Call):
            yield node.func
    for predicate in query.predicates:
        given = set(walk(predicate.operand)) if predicate.operand is not None else set()
        for node in walk(predicate.node):
            match node:
                case ast.Attribute(value=ast.Name(), attr=name) if node not in given:
                    if predicate.column is not None and name == predicate.column.name:
                        yield node


def _ends_the_loop(scope: Scope, run: Forwarded) -> bool:
    """True if the functions raise wherever they find nothing, and the loop does not handle it."""
    outer = run.sent.frame.chain[1]
    last = outer.last if outer.last is not None else run.sent.index
    after = scope.events[run.sent.index + 1 : last + 1]
    handled = {node for loop in run.loops for node in walk(loop.owner)}
    return (
        any(isinstance(event, Exit) and event.kind == "raise" for event in after)
        and not any(isinstance(event, Effect) for event in after)
        and bool(outer.returned)
        and all(holds(value, run.sent) for value in outer.returned)
        and not any(attempt.node in handled for attempt in run.tries)
    )


def _not_replaced(scope: Scope, run: Forwarded) -> Precondition:
    """No test puts something in place of a function that the loop does without."""
    name = "not-replaced"
    for frame in run.sent.frame.chain[1:]:
        facts = frame.code.facts
        test = replaced_by(scope.program, facts) if facts is not None else None
        if test is not None:
            reason = f"{test} may put another function in place of {frame.code.title}"
            return unknown(scope, name, reason, run)
    return proven(name, "no test puts another function in place of what sends the query")
