"""Expressions as small frozen trees, for what is read at link time without keeping `ast`.

`symbol(node)` reads an `ast` expression, `annotation(text)` one that is written in a string.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_DEEPEST = 40
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Name:
    """A name or dotted name as it is written: `db.Column`."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal: a string, number, bool, None, bytes or `...`; negative numbers included."""

    value: object


@dataclass(frozen=True, slots=True)
class Call:
    """A call. A keyword of None is `**mapping`; a starred argument is a `Starred`."""

    callee: Symbol
    arguments: tuple[Symbol, ...] = ()
    keywords: tuple[tuple[str | None, Symbol], ...] = ()

    @property
    def func(self) -> str:
        """The dotted name of what is called, empty where it is not a plain name."""
        return self.callee.dotted if isinstance(self.callee, Name) else ""

    def keyword(self, name: str) -> Symbol | None:
        for key, value in self.keywords:
            if key == name:
                return value
        return None

    def argument(self, position: int, name: str) -> Symbol | None:
        """The argument that is given by position or by keyword."""
        if position < len(self.arguments):
            return self.arguments[position]
        return self.keyword(name)

    @property
    def open(self) -> bool:
        """True if `*args` or `**kwargs` are passed, so that more may be given than is seen."""
        return any(key is None for key, _ in self.keywords) or any(
            isinstance(argument, Starred) for argument in self.arguments
        )


@dataclass(frozen=True, slots=True)
class Member:
    """An attribute of something that is not a plain name: `registry().generate_base`."""

    value: Symbol
    name: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set display; `kind` says which."""

    kind: str
    elements: tuple[Symbol, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dict display. A key of None is `**mapping`."""

    pairs: tuple[tuple[Symbol | None, Symbol], ...]

    def get(self, key: str) -> Symbol | None:
        for name, value in self.pairs:
            if isinstance(name, Constant) and name.value == key:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Subscript:
    """`Mapped[X]`: what is subscripted and what stands in the brackets."""

    value: Symbol
    arguments: tuple[Symbol, ...]


@dataclass(frozen=True, slots=True)
class Lambda:
    body: Symbol


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an `ast` operator's name: BitOr, Add, Eq, And …; "Joined" are the parts of
    an f-string of plain names and text."""

    operator: str
    left: Symbol
    right: Symbol


@dataclass(frozen=True, slots=True)
class Starred:
    value: Symbol


@dataclass(frozen=True, slots=True)
class Other:
    """Any other expression; `kind` is the name of its `ast` class."""

    kind: str


Symbol: TypeAlias = (
    Name | Constant | Call | Member | Items | Pairs | Subscript | Lambda | Binary | Starred | Other
)


def symbol(node: ast.expr, depth: int = 0) -> Symbol:
    """The symbolic form of an expression; parts nested too deeply are `Other`."""
    reader = _READERS.get(node.__class__)
    if reader is None or depth > _DEEPEST:
        return Other(node.__class__.__name__)
    return reader(node, depth + 1)


def dotted_name(node: ast.expr) -> str | None:
    """`a.b.c` of a chain of attributes that starts in a name, None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if not isinstance(node, ast.Attribute):
        return None
    if isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


@lru_cache(maxsize=4096)
def annotation(text: str) -> Symbol:
    """The symbolic form of an annotation's text; `Other` where it is not an expression."""
    try:
        return symbol(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Other("Unparsable")


def walk(tree: Symbol) -> Iterator[Symbol]:
    """`tree` and everything in it, outermost first."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        match node:
            case Call(callee, arguments, keywords):
                stack.extend(value for _, value in reversed(keywords))
                stack.extend(reversed(arguments))
                stack.append(callee)
            case Member(value, _) | Starred(value) | Lambda(value):
                stack.append(value)
            case Items(_, elements):
                stack.extend(reversed(elements))
            case Pairs(pairs):
                for key, value in reversed(pairs):
                    stack.append(value)
                    if key is not None:
                        stack.append(key)
            case Subscript(value, arguments):
                stack.extend(reversed(arguments))
                stack.append(value)
            case Binary(_, left, right):
                stack += (right, left)


def text_of(value: Symbol | None) -> str | None:
    """The value of a string literal."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value
    return None


def truth_of(value: Symbol | None, default: bool) -> bool | None:
    """The value of a bool literal, `default` where there is none, None where it is no literal."""
    if value is None:
        return default
    if isinstance(value, Constant) and isinstance(value.value, bool):
        return value.value
    return None


def _name(node: ast.Name, depth: int) -> Symbol:
    return Name(node.id)


def _constant(node: ast.Constant, depth: int) -> Symbol:
    return Constant(node.value)


def _attribute(node: ast.Attribute, depth: int) -> Symbol:
    dotted = dotted_name(node)
    return Name(dotted) if dotted is not None else Member(symbol(node.value, depth), node.attr)


def _call(node: ast.Call, depth: int) -> Symbol:
    return Call(
        symbol(node.func, depth),
        tuple([symbol(argument, depth) for argument in node.args]),
        tuple([(keyword.arg, symbol(keyword.value, depth)) for keyword in node.keywords]),
    )


def _items(node: ast.List | ast.Tuple | ast.Set, depth: int) -> Symbol:
    kind = node.__class__.__name__.lower()
    if len(node.elts) > _LONGEST:
        return Other(node.__class__.__name__)
    return Items(kind, tuple([symbol(element, depth) for element in node.elts]))


def _pairs(node: ast.Dict, depth: int) -> Symbol:
    if len(node.keys) > _LONGEST:
        return Other("Dict")
    return Pairs(
        tuple(
            [
                (None if key is None else symbol(key, depth), symbol(value, depth))
                for key, value in zip(node.keys, node.values, strict=True)
            ]
        )
    )


def _subscript(node: ast.Subscript, depth: int) -> Symbol:
    inside = node.slice
    arguments = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    return Subscript(
        symbol(node.value, depth), tuple([symbol(argument, depth) for argument in arguments])
    )


def _lambda(node: ast.Lambda, depth: int) -> Symbol:
    return Lambda(symbol(node.body, depth))


def _binary(node: ast.BinOp, depth: int) -> Symbol:
    return Binary(node.op.__class__.__name__, symbol(node.left, depth), symbol(node.right, depth))


def _compare(node: ast.Compare, depth: int) -> Symbol:
    if len(node.ops) > 1:
        return Other("Compare")
    operator = node.ops[0].__class__.__name__
    return Binary(operator, symbol(node.left, depth), symbol(node.comparators[0], depth))


def _boolean(node: ast.BoolOp, depth: int) -> Symbol:
    operator = node.op.__class__.__name__
    if len(node.values) > _DEEPEST:
        return Other("BoolOp")
    result = symbol(node.values[0], depth)
    for value in node.values[1:]:
        result = Binary(operator, result, symbol(value, depth))
    return result


def _unary(node: ast.UnaryOp, depth: int) -> Symbol:
    operand = node.operand
    if (
        isinstance(node.op, ast.USub)
        and isinstance(operand, ast.Constant)
        and isinstance(operand.value, int | float | complex)
    ):
        return Constant(-operand.value)
    return Other("UnaryOp")


def _joined(node: ast.JoinedStr, depth: int) -> Symbol:
    result: Symbol = Constant("")
    if len(node.values) > _DEEPEST:
        return Other("JoinedStr")
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            if value.format_spec is not None or value.conversion != -1:
                return Other("JoinedStr")
            value = value.value
        result = Binary("Joined", result, symbol(value, depth))
    return result


def _starred(node: ast.Starred, depth: int) -> Symbol:
    return Starred(symbol(node.value, depth))


_Reader: TypeAlias = Callable[..., Symbol]

_READERS: dict[type[ast.AST], _Reader] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.List: _items,
    ast.Tuple: _items,
    ast.Set: _items,
    ast.Dict: _pairs,
    ast.Subscript: _subscript,
    ast.Lambda: _lambda,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.JoinedStr: _joined,
    ast.Starred: _starred,
}


def renamed(name: str, tops: Mapping[str, str]) -> str:
    """The dotted name with another beginning; one that has it already stays as it is."""
    if any(name == new or name.startswith(f"{new}.") for new in tops.values()):
        return name
    for old, new in tops.items():
        if name == old or name.startswith(f"{old}."):
            return new + name[len(old) :]
    return name
