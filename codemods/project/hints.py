"""Annotations: the name inside of `Mapped[Optional[list["Order"]]]`, through aliases."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codemods.facts.symbols import Binary, Call, Constant, Name, Subscript, Symbol, annotation
from codemods.facts.values import ModuleFacts
from codemods.project.classes import Classes, package_of

COLLECTIONS = frozenset(
    [
        "list",
        "set",
        "List",
        "Set",
        "Sequence",
        "Collection",
        "Iterable",
        "MutableSequence",
        "MutableSet",
        "FrozenSet",
        "tuple",
        "dict",
        "Dict",
        "Mapping",
        "MutableMapping",
        "KeyFuncDict",
        "AbstractSet",
    ]
)
_WRAPPERS = frozenset({"Mapped", "WriteOnlyMapped", "DynamicMapped", "ClassVar", "Final"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What an annotation says: the names inside of it, without Optional, Mapped and quotes.

    `wrapper` is `Mapped`, `WriteOnlyMapped`, `DynamicMapped` or empty; `name` what stands
    inside, as it is written; `collection` the container around it; `extras` what
    an `Annotated` has besides the type; `facts` the module
    that the names belong to; `aliases` the full names of the aliases on the way.
    """

    facts: ModuleFacts
    wrapper: str = ""
    name: str | None = None
    optional: bool = False
    collection: str | None = None
    extras: tuple[Symbol, ...] = ()
    aliases: tuple[str, ...] = ()


class Hints:
    """Reads annotations."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes

    def read(self, facts: ModuleFacts, written: Symbol | None) -> Hint:
        return self._hint(Hint(facts), written, 0)

    def _hint(self, known: Hint, written: Symbol | None, depth: int) -> Hint:
        if written is None or depth > 20:
            return known
        if isinstance(written, Constant):
            if isinstance(written.value, str):
                return self._hint(known, annotation(written.value), depth + 1)
            return replace(known, optional=True) if written.value is None else known
        if isinstance(written, Binary) and written.operator == "BitOr":
            return self._union(known, (written.left, written.right), depth)
        if isinstance(written, Name):
            return self._named(known, written, depth)
        if isinstance(written, Subscript) and isinstance(written.value, Name):
            return self._subscript(known, written, written.value.dotted, depth)
        return known

    def _union(self, known: Hint, parts: tuple[Symbol, ...], depth: int) -> Hint:
        optional = known.optional
        inner = []
        for part in parts:
            if part == Constant(None):
                optional = True
                continue
            found = self._hint(replace(known, optional=False), part, depth + 1)
            optional = optional or found.optional
            if found.name is not None or found.collection is not None:
                inner.append(found)
        if len(inner) == 1:
            return replace(inner[0], optional=optional)
        return replace(known, optional=optional)

    def _named(self, known: Hint, written: Name, depth: int) -> Hint:
        """A name that is an alias of another annotation stands for that."""
        full = self.classes.linker.resolve_local(known.facts, written.dotted)
        home = None if full is None else self.classes.linker.home(full)
        value = None if home is None else home[0].values.get(home[1])
        if full is not None and home is not None and value is not None and value.value is not None:
            alias = value.value
            known = replace(known, aliases=(*known.aliases, full))
            if isinstance(alias, Call) and alias.func.endswith("NewType"):
                alias = alias.arguments[1] if len(alias.arguments) == 2 else alias
            if isinstance(alias, Subscript | Binary | Name):
                inner = self._hint(replace(known, facts=home[0]), alias, depth + 1)
                return inner if inner.name is not None else replace(known, name=written.dotted)
        return replace(known, name=written.dotted)

    def _subscript(self, known: Hint, written: Subscript, dotted: str, depth: int) -> Hint:
        if not written.arguments:
            return known
        last = dotted.rpartition(".")[2]
        full = self.classes.linker.resolve_local(known.facts, dotted)
        if full is not None and package_of(full) in ("sqlalchemy", "typing", "collections"):
            last = full.rpartition(".")[2]
        first = written.arguments[0]
        if last in _WRAPPERS:
            return self._hint(replace(known, wrapper=last), first, depth + 1)
        if last == "Optional":
            return self._hint(replace(known, optional=True), first, depth + 1)
        if last == "Union":
            return self._union(known, written.arguments, depth)
        if last == "Annotated":
            extras = (*known.extras, *written.arguments[1:])
            return self._hint(replace(known, extras=extras), first, depth + 1)
        if last in COLLECTIONS:
            item = written.arguments[-1] if "ict" in last or "Map" in last else first
            return self._hint(replace(known, collection=last), item, depth + 1)
        return replace(known, name=None)
