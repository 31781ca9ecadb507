"""What an expression can be, as far as SQLAlchemy is concerned.

The values of the abstract interpreter in `codemods.orm.flow`. All are immutable but `Run`, which
is an event and learns its terminal method from the result methods that follow it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from codemods.project.model import Column, Model, Relationship

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Run


@dataclass(frozen=True, eq=False)  # a subclass with eq=False must not inherit equality
class Value:
    """Something of which nothing useful is known."""

    @property
    def tainted(self) -> bool:
        """True if a function that gets this value may reach a row, a query or a session."""
        return False

    def joined(self, other: Value) -> Value | None:
        """What a name is that holds this after one branch and `other` after another; None where
        the two have nothing in common."""
        return None

    def partly(self) -> Value:
        """The value, where it may be only a part of what it says."""
        return self


@dataclass(frozen=True)
class Unknown(Value):
    """Anything, a row too. `plain` where it is no row and no session, `outside` a client or file,
    `lacking` where it is None at times, as what a dict may lack."""

    plain: bool = False
    outside: bool = False
    lacking: bool = field(default=False, compare=False)

    @property
    def tainted(self) -> bool:
        return not self.plain


@dataclass(frozen=True)
class Plain(Value):
    """Data of a known Python kind (`int`, `str`, `datetime` …; None: data of an unknown kind).
    `constant` is the literal where it is one. `optional` is False if it cannot be None."""

    kind: str | None = None
    optional: bool = True
    constant: object = field(default=..., compare=True)


ANYTHING = Unknown()
OUTSIDE = Unknown(plain=True, outside=True)
DATA = Plain()
NONE = Plain(None, True, None)


@dataclass(frozen=True)
class Symbol(Value):
    """A name of the project or of a library, by its full name; no model."""

    full_name: str


@dataclass(frozen=True)
class ModelClass(Value):
    """A mapped class, or an alias of it (`aliased(Order)`)."""

    model: Model = field(repr=False)
    alias: str | None = None

    def __repr__(self) -> str:
        return f"ModelClass({self.model.name})"


@dataclass(frozen=True)
class ColumnRef(Value):
    """`Order.customer_id` in a query."""

    model: Model = field(repr=False)
    column: Column
    alias: str | None = None


@dataclass(frozen=True)
class RelationshipRef(Value):
    """`Order.customer` in a query."""

    model: Model = field(repr=False)
    relationship: Relationship
    alias: str | None = None


@dataclass(frozen=True)
class Session(Value):
    """A session. `key` tells two of them apart; the flags are None where they are unknown."""

    key: str
    asynchronous: bool | None = None
    autoflush: bool | None = None
    expire_on_commit: bool | None = None
    shared: bool = False

    @property
    def tainted(self) -> bool:
        return True


@dataclass(frozen=True)
class Step:
    """One relationship on the way from a query's entity to a row."""

    model: Model = field(repr=False)
    relationship: Relationship

    def __repr__(self) -> str:
        return f"{self.model.name}.{self.relationship.name}"


@dataclass(frozen=True)
class Origin:
    """Where a row comes from: a query's entity and the relationships followed since.

    `via` holds the loops that iterate over it on the way; `run` is None for rows that a
    parameter or a constructor brings. `partial` is True where some of the rows may have been
    left out on the way: by a condition, a slice, a lookup by key.
    """

    run: Run | None
    entity: int = 0
    path: tuple[Step, ...] = ()
    via: tuple[Loop, ...] = ()
    partial: bool = False

    def through(self, loop: Loop) -> Origin:
        return Origin(self.run, self.entity, self.path, (*self.via, loop), self.partial)

    def step(self, step: Step) -> Origin:
        return Origin(self.run, self.entity, (*self.path, step), self.via, self.partial)


@dataclass(frozen=True)
class Row(Value):
    """An instance of a mapped class. `new` where the code has made it."""

    model: Model = field(repr=False)
    origins: tuple[Origin, ...] = ()
    optional: bool = False
    new: bool = False
    name: str | None = None

    @property
    def tainted(self) -> bool:
        return True

    def through(self, loop: Loop) -> Row:
        return replace(self, origins=tuple(origin.through(loop) for origin in self.origins))

    def __repr__(self) -> str:
        return f"Row({self.model.name}, {self.origins})"


@dataclass(frozen=True)
class Cell(Value):
    """The value of a column: of a row, or selected by a query."""

    model: Model = field(repr=False)
    column: Column
    row: Row | None = None

    def __repr__(self) -> str:
        return f"Cell({self.model.name}.{self.column.name})"


ContainerKind = Literal["list", "tuple", "set", "dict", "iterator", "view", "range", "any"]


@dataclass(frozen=True)
class Items(Value):
    """A container or iterator of like elements; for a dict these are its keys.

    `relationship` is the step whose collection it is, `run` the query whose rows it holds whole
    and unchanged, `limit` an upper bound of its length where one is known, `named` what a dict
    display has under its literal keys.
    """

    element: Value
    kind: ContainerKind = "list"
    mapped: Value | None = None
    run: Run | None = None
    collection: Step | None = None
    limit: int | None = None
    named: tuple[tuple[str, Value], ...] = ()

    @property
    def tainted(self) -> bool:
        return self.element.tainted or (self.mapped is not None and self.mapped.tainted)

    @property
    def repeatable(self) -> bool:
        return self.kind not in ("iterator", "any")


@dataclass(frozen=True)
class Tuple(Value):
    """A tuple of known length; a row of a result also has `names`."""

    elements: tuple[Value, ...]
    names: tuple[str | None, ...] = ()

    def named(self, name: str) -> Value | None:
        """The element of this name, if just one has it."""
        found = [e for e, own in zip(self.elements, self.names, strict=False) if own == name]
        return found[0] if len(found) == 1 else None

    @property
    def tainted(self) -> bool:
        return any(element.tainted for element in self.elements)


@dataclass(frozen=True)
class Result(Value):
    """What `Session.execute()` or `.scalars()` returned; `scalars`: first columns alone."""

    run: Run
    scalars: bool = False
    unique: bool = False
    mappings: bool = False

    @property
    def tainted(self) -> bool:
        return True


@dataclass(frozen=True)
class Bound(Value):
    """A method that was read and not called: `row.total`, `rows.append`."""

    receiver: Value
    name: str

    @property
    def tainted(self) -> bool:
        return self.receiver.tainted


@dataclass(frozen=True)
class Function(Value):
    """A lambda, a nested function, or a function that a call makes; `call` evaluates its body with
    these arguments."""

    node: ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef | ast.Call
    call: Callable[[tuple[Value, ...]], Value] | None = field(default=None, compare=False)

    @property
    def tainted(self) -> bool:
        return True


@dataclass(frozen=True)
class Condition(Value):
    """A SQL expression made in Python: a predicate, a function call, an order."""

    node: ast.expr
    models: tuple[Model, ...] = ()


def join(left: Value, right: Value) -> Value:
    """What a name is after two branches."""
    if left is right or left == right:
        return right if isinstance(right, Unknown) and right.lacking else left
    if (joined := left.joined(right) or right.joined(left)) is not None:
        return joined
    match left, right:
        case Row(), Row() if left.model is right.model:
            origins = dict.fromkeys((*left.origins, *right.origins))
            optional, new = left.optional or right.optional, left.new or right.new
            return replace(left, origins=tuple(origins), optional=optional, new=new)
        case Session(), Session() if left.key == right.key:
            return replace(left, autoflush=None, expire_on_commit=None)
        case Row(), Plain(constant=None):
            return replace(left, optional=True)
        case Plain(constant=None), Row():
            return replace(right, optional=True)
        case Items(), Items():
            mapped, named = left.mapped, dict(right.named)
            if mapped is not None and right.mapped is not None:
                mapped = join(mapped, right.mapped)
            return Items(
                join(left.element, right.element),
                left.kind if left.kind == right.kind else "any",
                mapped,
                left.run if left.run is right.run else None,
                named=tuple((n, join(held, named[n])) for n, held in left.named if n in named),
            )
        case (Items(element=Nothing()), _) | (Nothing(), _):
            return right
        case (_, Items(element=Nothing())) | (_, Nothing()):
            return left
        case Tuple(), Tuple() if len(left.elements) == len(right.elements):
            return Tuple(tuple(map(join, left.elements, right.elements)))
        case Cell(), Cell() if left.column == right.column:
            return replace(left, row=None)
        case (Plain() | Cell()), (Plain() | Cell()):
            kinds = {kind_of(value) for value in (left, right) if not is_none(value)}
            return Plain(
                kinds.pop() if len(kinds) == 1 else None,
                may_be_none(left) or may_be_none(right),
            )
    lacking = any(is_none(v) or (isinstance(v, Unknown) and v.lacking) for v in (left, right))
    return Unknown(not (left.tainted or right.tainted), OUTSIDE in (left, right), lacking)


@dataclass(frozen=True)
class Nothing(Value):
    """The element of a container that is still empty."""


def is_none(value: Value) -> bool:
    """True for None itself."""
    return isinstance(value, Plain) and value.constant is None


def kind_of(value: Value) -> str | None:
    """The Python kind of a plain value: `int`, `str`, `UUID` …"""
    match value:
        case Plain(kind=kind):
            return kind
        case Cell(column=column):
            return None if column.decorated else column.python
    return None


def may_be_none(value: Value) -> bool:
    match value:
        case Plain(optional=optional, constant=constant):
            return constant is None or (optional and constant is ...)
        case Cell(column=column):
            return column.may_be_null
        case Row(optional=optional):
            return optional
        case Tuple() | Items():
            return False
    return True


def via(value: Value, loop: Loop) -> Value:
    """A value, where its rows are now one per iteration of `loop`."""
    match value:
        case Row():
            return value.through(loop)
        case Tuple(elements=elements):
            return replace(value, elements=tuple(via(element, loop) for element in elements))
        case Items(element=element, mapped=mapped, named=named) if not isinstance(element, Nothing):
            inner = None if mapped is None else via(mapped, loop)
            each = tuple((name, via(held, loop)) for name, held in named)
            return replace(value, element=via(element, loop), mapped=inner, named=each)
        case Nothing():
            return ANYTHING
    return value


def partly(value: Value) -> Value:
    """A value, where its rows may be only some of those that came from a query."""
    match value:
        case Row(origins=origins):
            return replace(value, origins=tuple(replace(o, partial=True) for o in origins))
        case Tuple(elements=elements):
            return replace(value, elements=tuple(map(partly, elements)))
        case Items(element=element, mapped=mapped, named=named):
            inner = None if mapped is None else partly(mapped)
            each = tuple((name, partly(held)) for name, held in named)
            return replace(value, element=partly(element), mapped=inner, named=each)
    return value.partly()


def holds(value: Value, run: Run) -> bool:
    """True if the value is, or contains, rows of this query."""
    match value:
        case Row(origins=origins):
            return any(origin.run is run for origin in origins)
        case Items(element=element, mapped=mapped, named=named):
            held = (element, *(value for _, value in named), *([mapped] if mapped else ()))
            return any(holds(each, run) for each in held)
        case Tuple(elements=elements):
            return any(holds(element, run) for element in elements)
        case Result(run=own):
            return own is run
    return False
