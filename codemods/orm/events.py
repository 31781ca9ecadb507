"""What a function does, in evaluation order: its loops, its queries, its effects on a session."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from codemods.orm.names import RAISING
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.keys import KeyPart
    from codemods.orm.query import Query
    from codemods.orm.values import Row, Session, Step, Value

# Methods of an AsyncSession that are read no further: of these, nobody tells a coroutine.
_OF_SESSIONS = frozenset({"scalar", "scalars", "execute", "exec", "get", "get_one"})


@dataclass(eq=False)
class Loop:
    """A `for`, `while` or comprehension clause.

    `items` is what it iterates over and `element` one item; `names` the variables that it binds.
    `first` and `last` are the indices of the first and last event in it. `consumer` is the
    function that a generator expression is handed to, `deferred` is True where that is not known
    to be at once. `once` marks a body that always leaves the loop. `tries` are around the loop.
    """

    node: ast.For | ast.AsyncFor | ast.While | ast.comprehension
    owner: ast.AST
    iterable: ast.expr
    items: Value
    element: Value
    parents: tuple[Loop, ...]
    index: int
    statement: ast.stmt
    frame: Frame
    names: frozenset[str] = frozenset()
    branches: tuple[Branch, ...] = ()
    tries: tuple[Try, ...] = ()
    first: int = 0
    last: int = 0
    consumer: str | None = None
    deferred: bool = False
    once: bool = False
    assigned: frozenset[str] = frozenset()

    @property
    def is_statement(self) -> bool:
        return isinstance(self.node, ast.For | ast.AsyncFor | ast.While)

    @property
    def stops(self) -> bool:
        """True for a generator expression of which the last items may not be asked for."""
        return self.consumer in ("any", "all") and isinstance(self.owner, ast.GeneratorExp)

    def __repr__(self) -> str:
        return f"Loop({ast.unparse(self.iterable)})"


@dataclass(frozen=True)
class Branch:
    """Something that is evaluated only under a condition: an arm of an `if`, the right of `and`."""

    node: ast.AST
    arm: int
    test: ast.expr | None


@dataclass(frozen=True)
class Try:
    """A `try` whose body is being evaluated, and the full names of what it handles.

    A bare `except` handles `builtins.BaseException`. `suppress` is a with-statement's.
    """

    node: ast.AST
    handles: frozenset[str]


@dataclass(eq=False, kw_only=True)
class Event:
    """Something that happens. `index` orders all events of a function.

    It may happen in a function that the one that is looked at calls: `frame` says in which.
    `statement` is the statement of the function that is looked at, `inner` that of the frame.
    `left` are the loops that are always left after it, by a `return` for instance, so that it
    happens once in them at most.
    """

    index: int
    node: ast.expr | ast.stmt
    statement: ast.stmt
    inner: ast.stmt
    frame: Frame
    loops: tuple[Loop, ...]
    branches: tuple[Branch, ...]
    tries: tuple[Try, ...]
    left: frozenset[Loop] = frozenset()

    @property
    def site(self) -> ast.expr | ast.stmt:
        """Where it happens in the function that is looked at: the call that leads to it."""
        return self.frame.site or self.node

    @property
    def own(self) -> bool:
        """True if it happens in the function that is looked at, not in one that it calls."""
        return self.frame.caller is None

    def repeated_in(self, loop: Loop) -> bool:
        """True if it may happen in several rounds of the loop."""
        return loop in self.loops and not loop.once and loop not in self.left

    @property
    def repeated(self) -> bool:
        """True if it may happen in several rounds of a loop."""
        return any(self.repeated_in(loop) for loop in self.loops)

    def conditional_in(self, loop: Loop | None) -> Branch | None:
        """The innermost condition between `loop` (None: the function) and this event."""
        outside = set(loop.branches) if loop else set()
        for branch in reversed(self.branches):
            if branch not in outside:
                return branch
        return None


@dataclass(eq=False, kw_only=True)
class Read(Event):
    """A relationship is read on a row. `awaited` for `awaitable_attrs`.

    `reload` is True for a `session.refresh(row, ["relationship"])` that stands for a read.
    """

    row: Row
    step: Step
    awaited: bool = False
    no_autoflush: bool = False
    reload: bool = False


@dataclass(eq=False, kw_only=True)
class ColumnRead(Event):
    """A column is read that may not have come with its row: a deferred one, or one of a row whose
    query has options for columns."""

    row: Row
    column: Column


@dataclass(eq=False, kw_only=True)
class Run(Event):
    """A query is sent.

    `terminal` is the method that sends it or, for a Result, the last method that reads it:
    all, iterate, first, one, one_or_none, scalar, scalar_one, scalar_one_or_none, get, count,
    exists, execute, scalars, delete, update, paginate. `expression` is the whole expression up to
    it. `session` is the value that it is sent by and `session_node` the expression of that.
    """

    query: Query
    terminal: str
    expression: ast.expr
    session: Session | None = None
    session_node: ast.expr | None = None
    awaited: bool = False
    streamed: bool = False
    no_autoflush: bool = False
    chain: list[str] = field(default_factory=list)
    arguments: tuple[Value, ...] = ()

    @property
    def awaited_elsewhere(self) -> bool:
        """True where there may be no answer yet, but a coroutine: `gather(session.scalar(…), …)`."""
        if self.awaited or self.query.style == "legacy":
            return False
        kind = self.session.asynchronous if self.session is not None else None
        if kind is not None or self.chain or self.terminal not in _OF_SESSIONS:
            return bool(kind)
        return any(isinstance(f.code.node, ast.AsyncFunctionDef) for f in self.frame.chain)

    @property
    def written(self) -> ast.AST:
        """What stands for it in the function that asks."""
        return self.node

    def keyed_by(self, parts: Sequence[KeyPart]) -> Iterable[ast.expr]:
        """The expressions that say by which keys it asks, wherever they are written."""
        return (part.operand for part in parts)

    def is_called_by(self, frame: Frame) -> bool:
        """True for the activation of a function by the call that stands for this query."""
        return False

    def is_sent_by(self, other: Run) -> bool:
        """True if `other`, of a function that is called, is this query as its caller sees it."""
        return other.node is self.node

    @property
    def sent_whole(self) -> bool:
        """True if one call says what is asked and sends it: `session.get(Order, key)`."""
        return bool(self.query.roots) and self.query.roots[0] is self.node

    @property
    def or_asked(self) -> bool:
        """True if what is not among what was fetched is asked for as before."""
        return False

    @property
    def raises(self) -> bool:
        """True if it raises where nothing is found, as it may be."""
        return self.terminal in RAISING and not self.query.one_row

    def told(self, *options: str) -> bool:
        """True if one of these execution options may hold for it.

        It is a step of the query (`yield_per()`), a keyword of `execution_options()`, or it comes
        with the call that sends the query; options in a variable may be any.
        """
        calls = [call.node for call in self.query.calls if call.method == "execution_options"]
        given = [keyword for call in calls for keyword in call.keywords]
        if isinstance(self.node, ast.Call):
            given += [word for word in self.node.keywords if word.arg == "execution_options"]
        by_step = self.query.has(*options) is not None or any(
            name in self.chain for name in options
        )
        return by_step or any(_may_set(keyword, options) for keyword in given)

    def __repr__(self) -> str:
        return f"Run({self.query.describe()}.{self.terminal} @{self.node.lineno})"


def _may_set(keyword: ast.keyword, options: tuple[str, ...]) -> bool:
    if keyword.arg not in (None, "execution_options"):
        return keyword.arg in options
    if not isinstance(keyword.value, ast.Dict):
        return True
    names = [key.value if isinstance(key, ast.Constant) else None for key in keyword.value.keys]
    return any(name is None or name in options for name in names)


class Act(StrEnum):
    """What an effect does to the session or the database; `OUTSIDE` does nothing to them, but
    something elsewhere, or it gives something else each time."""

    ADD = "add"
    DELETE = "delete"
    SET = "set"
    APPEND = "append"
    FLUSH = "flush"
    COMMIT = "commit"
    ROLLBACK = "rollback"
    EXPIRE = "expire"
    REFRESH = "refresh"
    EXPUNGE = "expunge"
    CLOSE = "close"
    BEGIN = "begin"
    SAVEPOINT = "savepoint"
    DML = "dml"
    SQL = "sql"
    YIELD = "yield"
    CALL = "call"
    SHOW = "show"
    OUTSIDE = "outside"


@dataclass(eq=False, kw_only=True)
class Effect(Event):
    """Something that can change rows or the session.

    `model` is what is added, deleted or written, None if unknown; `attribute` what is assigned;
    `target` the row or object; `value` the assigned value; `callee` names an unknown function;
    `receives` is True where that function is handed a row, a query or a session; `sent` is
    the INSERT, UPDATE or DELETE, or the query whose rows are written; `session` the one that is
    told to add or delete a row.
    """

    act: Act
    model: Model | None = None
    attribute: str | None = None
    target: Value | None = None
    value: Value | None = None
    callee: str | None = None
    receives: bool = True
    source: ast.expr | None = None
    sent: Query | None = None
    session: Session | None = None


@dataclass(eq=False, kw_only=True)
class Again(Event):
    """A function that only reads calls itself."""


@dataclass(eq=False, kw_only=True)
class Exit(Event):
    """`break`, `continue`, `return` or `raise`; `loop` is the one that is left or continued."""

    kind: str
    loop: Loop | None

    def skips(self, frame: Frame) -> bool:
        """True if what follows it in `frame`, or in what that calls, may not be reached.

        Only the function itself is left by its `return`.
        """
        return self.kind == "raise" or self.frame in frame.chain
