"""Annotations of models: which models stand in them, and in which containers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from codemods.facts.symbols import (
    Binary,
    Call,
    Constant,
    Name,
    Subscript,
    Symbol,
    annotation,
)
from codemods.facts.values import ModuleFacts
from codemods.orm.declarations import Declarations

_ROOTS = frozenset({"BaseModel", "RootModel", "GenericModel", "SQLModel"})
_PACKAGES = frozenset({"pydantic", "sqlmodel"})
_LISTS = frozenset({
    "list", "List", "set", "Set", "frozenset", "FrozenSet", "Sequence", "deque", "Deque",
    "MutableSequence", "AbstractSet", "MutableSet",
})  # fmt: skip
_DICTS = frozenset({
    "dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict", "DefaultDict",
})  # fmt: skip
_HOLDERS = frozenset({"builtins", "typing", "typing_extensions", "collections", "pydantic"})
_INNER = frozenset({"Optional", "Required", "NotRequired", "ReadOnly", "SerializeAsAny", "Final"})
_PAGES = frozenset({"Page", "LimitOffsetPage", "CursorPage", "CustomizedPage", "AbstractPage"})
_DEEPEST = 20

ShapeKind = Literal["model", "items", "values", "union", "page", "other"]


@dataclass(frozen=True, eq=False, slots=True)
class Typed:
    """An annotation with what its names mean: a module, a class's body, type arguments."""

    symbol: Symbol
    facts: ModuleFacts
    inside: str = ""
    bindings: Mapping[str, Typed] = field(default_factory=dict, repr=False)

    def part(self, symbol: Symbol) -> Typed:
        return Typed(symbol, self.facts, self.inside, self.bindings)


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """What an annotation says: a model, a container of `parts`, one of several, anything else.

    `extras` is what stands beside the type in `Annotated`.
    """

    kind: ShapeKind
    parts: tuple[Typed, ...] = ()
    full_name: str = ""
    extras: tuple[Typed, ...] = ()


OTHER = Shape("other")


class Shapes:
    """Reads annotations.

    Args:
        known: what the classes of the project say.
    """

    def __init__(self, known: Declarations) -> None:
        self.known = known
        self._roots: dict[str, str] = {}
        self._shapes: dict[Typed, Shape] = {}

    def root(self, full_name: str) -> str:
        """`BaseModel`, `RootModel` or `SQLModel`: what a class derives from; else empty."""
        if full_name not in self._roots:
            names = (name for name in self.known.order(full_name) if name)
            outer = (name for name in names if name.partition(".")[0] in _PACKAGES)
            tails = (name.rpartition(".")[2] for name in outer)
            self._roots[full_name] = next((name for name in tails if name in _ROOTS), "")
        return self._roots[full_name]

    def is_variable(self, facts: ModuleFacts, dotted: str) -> bool:
        full = self.known.resolve(facts, dotted)
        alias = None if full is None else self.known.alias(full)
        return (
            alias is not None
            and isinstance(alias[0], Call)
            and _tail(alias[0].callee).endswith("TypeVar")
        )

    def shape(self, typed: Typed, depth: int = 0) -> Shape:
        """What an annotation says, through aliases, strings and type parameters."""
        if depth:
            return self._shape(typed, depth)
        if typed not in self._shapes:
            self._shapes[typed] = self._shape(typed, 0)
        return self._shapes[typed]

    def _shape(self, typed: Typed, depth: int) -> Shape:
        symbol = typed.symbol
        if depth > _DEEPEST:
            return OTHER
        if isinstance(symbol, Constant) and isinstance(symbol.value, str):
            return self.shape(typed.part(annotation(symbol.value)), depth + 1)
        if isinstance(symbol, Binary) and symbol.operator == "BitOr":
            return self._union((typed.part(symbol.left), typed.part(symbol.right)), depth)
        if isinstance(symbol, Name):
            return self._name(typed, symbol, depth)
        if isinstance(symbol, Subscript) and isinstance(symbol.value, Name):
            return self._subscript(typed, symbol, symbol.value.dotted, depth)
        if isinstance(symbol, Call) and _tail(symbol.callee) in ("conlist", "conset"):
            inner = symbol.argument(0, "item_type")
            return OTHER if inner is None else Shape("items", (typed.part(inner),))
        return OTHER

    def _name(self, typed: Typed, symbol: Name, depth: int) -> Shape:
        if symbol.dotted in typed.bindings:
            return self.shape(typed.bindings[symbol.dotted], depth + 1)
        full = self.known.resolve(typed.facts, symbol.dotted, typed.inside)
        if full is None:
            return OTHER
        if self.known.index.class_(full) is not None:
            full = self.known.index.canonical(full)
            return Shape("model", full_name=full) if self.root(full) else OTHER
        alias = self.known.alias(full)
        if alias is None or isinstance(alias[0], Call):
            return OTHER
        return self.shape(Typed(alias[0], alias[1]), depth + 1)

    def _union(self, parts: tuple[Typed, ...], depth: int) -> Shape:
        """One of several; `None` and what no row can be is left out."""
        kept: list[Typed] = []
        shapes: list[Shape] = []
        for part in parts:
            found = self.shape(part, depth + 1)
            if found.kind == "union":
                kept += found.parts
                shapes += [self.shape(inner, depth + 1) for inner in found.parts]
            elif found.kind != "other":
                kept.append(part)
                shapes.append(found)
        if not shapes:
            return OTHER
        return shapes[0] if len(shapes) == 1 else Shape("union", tuple(kept))

    def _subscript(self, typed: Typed, symbol: Subscript, dotted: str, depth: int) -> Shape:
        full = self.known.resolve(typed.facts, dotted, typed.inside)
        if full is None or not symbol.arguments:
            return OTHER
        parts = tuple(typed.part(argument) for argument in symbol.arguments)
        package, name = full.partition(".")[0], full.rpartition(".")[2]
        if self.known.index.class_(full) is not None:
            full = self.known.index.canonical(full)
            return Shape("model", parts, full) if self.root(full) else OTHER
        if package == "fastapi_pagination" and name in _PAGES:
            return Shape("page", parts[:1])
        if package not in _HOLDERS:
            return OTHER
        if name == "RootModel" or name in _INNER:
            return self.shape(parts[0], depth + 1)
        if name == "Union":
            return self._union(parts, depth)
        if name == "Annotated":
            inner = self.shape(parts[0], depth + 1)
            extras = (*inner.extras, *parts[1:])
            return Shape(inner.kind, inner.parts, inner.full_name, extras)
        if name in _DICTS and len(parts) == 2:
            return Shape("values", parts[1:])
        listed = name in _LISTS
        if name in ("tuple", "Tuple") and len(parts) == 2:
            listed = symbol.arguments[1] == Constant(...)
        return Shape("items", parts[:1]) if listed else OTHER


def _tail(symbol: Symbol) -> str:
    return symbol.dotted.rpartition(".")[2] if isinstance(symbol, Name) else ""
