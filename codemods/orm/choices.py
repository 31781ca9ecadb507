"""Names that are known one by one: `for name in ("customer", "lines")`, and what conditions on
them leave."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from codemods.facts.nodes import walk
from codemods.orm.values import ANYTHING, Items, Nothing, Plain, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

# True or False for this name; None where that is the same for all names; "?" where it may be
# another answer for each.
Answer = bool | Literal["?"] | None


@dataclass(frozen=True)
class OneOf(Plain):
    """A text that is each of a few in turn; `sure` is False where it may be only some of them."""

    texts: tuple[str, ...] = ()
    sure: bool = True

    def joined(self, other: Value) -> Value | None:
        if isinstance(other, OneOf):
            return OneOf(texts=_once((*self.texts, *other.texts)), sure=False)
        return None

    def partly(self) -> Value:
        return Plain(self.kind, self.optional)


@dataclass(frozen=True)
class Property(Value):
    """A property of a mapper, or a column of a table, of which the name is one of a few."""

    name: OneOf

    def joined(self, other: Value) -> Value | None:
        name = self.name.joined(other.name) if isinstance(other, Property) else None
        return Property(name) if isinstance(name, OneOf) else None


def one_of(texts: Iterable[str]) -> OneOf:
    return OneOf("str", False, texts=_once(texts))


def item_of(values: Iterable[Value], element: Value) -> Value:
    """An item of a display of these values; `element` is what they have in common."""
    found = [value.constant if isinstance(value, Plain) else ... for value in values]
    texts = [text for text in found if isinstance(text, str)]
    return one_of(texts) if len(texts) == len(found) > 1 else element


def some_of(values: Iterable[Value], element: Value) -> Value:
    """An item of a list that was made of these values, and may have been changed since."""
    found = item_of(values, element)
    return OneOf(texts=found.texts, sure=False) if isinstance(found, OneOf) else ANYTHING


def never_empty(items: Value) -> bool:
    """True for a tuple that is written out, and for what has each of a few names."""
    match items:
        case Items(element=Tuple(elements=(name, _)) | name):
            choice = _choice(name)
            return choice is not None and choice.sure
    return isinstance(items, Tuple) and bool(items.elements)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def narrow(flow: Flow, test: ast.expr, holds: bool) -> None:
    """Keep of the names that a condition is about those that it lets through."""
    asked = {node.id for node in walk(test) if isinstance(node, ast.Name)}
    for choice in {found for name in asked if (found := _choice(flow.env.get(name, ANYTHING)))}:
        names = {name for name, value in flow.env.items() if _choice(value) == choice}
        answers = {text: _answer(flow, test, names, text, holds) for text in choice.texts}
        kept = [text for text, answer in answers.items() if answer is not (not holds)]
        for name in names:
            value = flow.env[name]
            if "?" in answers.values() or not kept:
                flow.env[name] = choice.partly() if value == choice else ANYTHING
            elif len(kept) < len(choice.texts):
                left = replace(choice, texts=tuple(kept))
                flow.env[name] = left if value == choice else Property(left)


def _choice(value: Value) -> OneOf | None:
    match value:
        case OneOf():
            return value
        case Property(name=name):
            return name
    return None


def _answer(flow: Flow, test: ast.expr, names: set[str], text: str, holds: bool) -> Answer:
    """What a condition says of one of the texts that these variables may hold.

    Args:
        holds: what the condition is where the text matters.
    """
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found = _answer(flow, inner, names, text, not holds)
            return not found if isinstance(found, bool) else found
        case ast.BoolOp(op=op, values=values):
            decisive = isinstance(op, ast.Or)
            parts = [_answer(flow, value, names, text, holds) for value in values]
            if decisive in parts:
                return decisive
            if None in parts and decisive is holds:
                # the other parts do not matter where this one lets all names through
                return None
            return "?" if "?" in parts else None if None in parts else not decisive
        case ast.Compare(left=left, ops=[op], comparators=[right]) if _is_one(left, names):
            return _compared(op, text, right, flow)
        case ast.Call(
            func=ast.Attribute(value=owner, attr="startswith" | "endswith" as method),
            args=[ast.Constant(value=str(part))],
        ) if _is_one(owner, names):
            return text.startswith(part) if method == "startswith" else text.endswith(part)
        case ast.Call(func=ast.Name(id="hasattr"), args=[_, name]) if _is_one(name, names):
            return True
        case ast.Name(id=name) if name in names:
            return True
    if any(isinstance(node, ast.Name) and node.id in names for node in walk(test)):
        return "?"
    value = flow.env.get(test.id) if isinstance(test, ast.Name) else None
    known = isinstance(value, Plain) and isinstance(value.constant, bool | None)
    return bool(value.constant) if known and isinstance(value, Plain) else None


def _compared(op: ast.cmpop, text: str, right: ast.expr, flow: Flow) -> Answer:
    if isinstance(right, ast.List | ast.Set):
        right = ast.copy_location(ast.Tuple(right.elts, ast.Load()), right)
    value = flow.ev(right) if _is_told(right) else ANYTHING
    match op, value:
        case (ast.Eq() | ast.NotEq()), Plain(constant=str() as other):
            return (text == other) is isinstance(op, ast.Eq)
        case (ast.In() | ast.NotIn()), _ if (among := _among(value)) is not None:
            return (text in among) is isinstance(op, ast.In)
    return "?"


def _is_told(node: ast.expr) -> bool:
    """True for what says nothing but names and constants, and may be evaluated once more."""
    if isinstance(node, ast.Tuple):
        return all(map(_is_told, node.elts))
    return isinstance(node, ast.Constant | ast.Name)


def _among(value: Value) -> tuple[object, ...] | None:
    """All that a container of constants has."""
    match value:
        case Tuple(elements=elements) if all(isinstance(item, Plain) for item in elements):
            found = tuple(item.constant for item in elements if isinstance(item, Plain))
            return None if ... in found else found
        case Items(element=Nothing()):
            return ()
        case Items(element=OneOf(texts=texts, sure=True)):
            return texts
        case Items(element=Plain(constant=str() as text)):
            return (text,)
    return None


def _is_one(node: ast.expr, names: set[str]) -> bool:
    """True for one of these variables, and for `prop.key` of one."""
    if isinstance(node, ast.Attribute) and node.attr in ("key", "name"):
        node = node.value
    return isinstance(node, ast.Name) and node.id in names
