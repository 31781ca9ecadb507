"""What a name means across files: imports, re-exports, star imports and aliases, memoised."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from functools import cached_property

from codemods.facts.symbols import Name
from codemods.facts.values import ModuleFacts, ValueFacts

_BUILTINS = frozenset(dir(builtins))

# What `from sqlalchemy import *` and its relatives bring, as far as models are concerned.
_STARRED = {
    "sqlalchemy": frozenset(
        [
            "Column",
            "ForeignKey",
            "ForeignKeyConstraint",
            "UniqueConstraint",
            "PrimaryKeyConstraint",
            "Index",
            "Table",
            "MetaData",
            "Integer",
            "BigInteger",
            "SmallInteger",
            "String",
            "Text",
            "Unicode",
            "UnicodeText",
            "Boolean",
            "Float",
            "Double",
            "Numeric",
            "Date",
            "DateTime",
            "Time",
            "Interval",
            "LargeBinary",
            "Enum",
            "JSON",
            "ARRAY",
            "Uuid",
            "UUID",
            "CHAR",
            "VARCHAR",
            "create_engine",
            "select",
            "func",
            "and_",
            "or_",
            "not_",
            "case",
            "exists",
            "text",
            "event",
        ]
    ),
    "sqlalchemy.orm": frozenset(
        [
            "relationship",
            "backref",
            "sessionmaker",
            "scoped_session",
            "Session",
            "Mapped",
            "mapped_column",
            "DeclarativeBase",
            "declarative_base",
            "declared_attr",
            "deferred",
            "column_property",
            "synonym",
            "validates",
            "selectinload",
            "joinedload",
            "aliased",
            "registry",
            "relation",
        ]
    ),
    "sqlmodel": frozenset({"SQLModel", "Field", "Relationship", "Session", "select"}),
}
_STARRED["sqlalchemy.types"] = _STARRED["sqlalchemy.schema"] = _STARRED["sqlalchemy"]


class Linker:
    """Resolves names over `modules`. Full names are dotted strings; cycles end in None."""

    def __init__(self, modules: Mapping[str, ModuleFacts]) -> None:
        self.modules = modules
        self.packages = set(modules)
        for module in modules:
            while "." in module:
                module = module.rpartition(".")[0]
                self.packages.add(module)
        self._attributes: dict[tuple[str, str], str | None] = {}
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._canonical: dict[str, str] = {}
        self._active: set[tuple[str, str]] = set()

    def resolve(self, facts: ModuleFacts, dotted: str) -> str | None:
        """The full name of `dotted` as written at module level of `facts`, None if unknown."""
        key = (facts.module, dotted)
        try:
            return self._resolved[key]
        except KeyError:
            pass
        first, *rest = dotted.split(".")
        base = self.attribute(facts.module, first)
        if base is None and first in _BUILTINS:
            base = f"builtins.{first}"
        result = None if base is None else self.member(base, rest)
        if not self._active:
            self._resolved[key] = result
        return result

    def assigned(self, full_name: str) -> Sequence[tuple[ModuleFacts, ValueFacts]]:
        """What modules assign to attributes of a class or value, `Order.query = …`, with the
        module of each."""
        return self._assigned.get(full_name, ())

    @cached_property
    def _assigned(self) -> dict[str, list[tuple[ModuleFacts, ValueFacts]]]:
        found: dict[str, list[tuple[ModuleFacts, ValueFacts]]] = {}
        for facts in self.modules.values():
            for name, value in facts.values.items():
                owner, _, _ = name.rpartition(".")
                full = self.resolve(facts, owner) if owner else None
                if full is not None:
                    found.setdefault(full, []).append((facts, value))
        return found

    def resolve_local(self, facts: ModuleFacts, dotted: str) -> str | None:
        """As `resolve`, but imports inside of functions count where nothing else is known."""
        found = self.resolve(facts, dotted)
        if found is not None:
            return found
        first, *rest = dotted.split(".")
        for name, target, origin in facts.local_imports:
            if name == first:
                base = self.imported(target, origin)
                if base is not None:
                    return self.member(base, rest)
        return None

    def canonical(self, full_name: str) -> str:
        """The name under which `full_name` is defined; itself where nothing is known."""
        found = self._canonical.get(full_name)
        if found is None:
            found = self._find(full_name)
            if not self._active:
                self._canonical[full_name] = found
        return found

    def _find(self, full_name: str) -> str:
        parts = full_name.split(".")
        for length in range(len(parts), 0, -1):
            prefix = ".".join(parts[:length])
            if prefix not in self.packages:
                continue
            if length == len(parts):
                parent, _, last = prefix.rpartition(".")
                facts = self.modules.get(parent)
                if facts is None or last not in facts.values:
                    return prefix
                continue
            base = self.attribute(prefix, parts[length])
            if base is not None:
                return self.member(base, parts[length + 1 :]) or full_name
        return full_name

    def attribute(self, module: str, name: str) -> str | None:
        """The full name of what `name` is in `module`, which may be outside of the project."""
        key = (module, name)
        try:
            return self._attributes[key]
        except KeyError:
            pass
        if key in self._active:
            return None
        self._active.add(key)
        try:
            result = self._attribute(module, name)
        finally:
            self._active.discard(key)
        if result is not None or not self._active:
            self._attributes[key] = result
        return result

    def _attribute(self, module: str, name: str) -> str | None:
        full = f"{module}.{name}"
        facts = self.modules.get(module)
        if facts is None:
            return full if module not in self.packages or full in self.packages else None
        target = facts.imports.get(name)
        if target is not None and target != full:  # a package may import a module of its own
            return self.imported(target, facts.origins[name])
        if name in facts.classes or name in facts.functions:
            return full
        value = facts.values.get(name)
        if value is not None:
            if isinstance(value.value, Name) and value.value.dotted != name:
                return self.resolve(facts, value.value.dotted) or full
            return full
        if full in self.packages:
            return full
        return self._starred(facts, name)

    def imported(self, target: str, origin: str) -> str | None:
        """What an import of `target` that names the module `origin` binds."""
        if origin == target or origin.startswith(f"{target}."):
            return target
        return self.attribute(origin, target[len(origin) + 1 :] if origin else target)

    def _starred(self, facts: ModuleFacts, name: str) -> str | None:
        for origin in reversed(facts.star_imports):
            source = self.modules.get(origin)
            if source is None:
                if name in _STARRED.get(origin, ()):
                    return f"{origin}.{name}"
                continue
            if source.exported is not None and name not in source.exported:
                continue
            if source.exported is None and name.startswith("_"):
                continue
            found = self.attribute(origin, name)
            if found is not None:
                return found
        return None

    def member(self, base: str, rest: Sequence[str]) -> str | None:
        """The full name of `base.rest[0].rest[1]…`; None where a module has no such name."""
        for index, name in enumerate(rest):
            if base not in self.packages or self._is_value(base):
                return ".".join([base, *rest[index:]])
            found = self.attribute(base, name)
            if found is None:
                return None
            base = found
        return base

    def _is_value(self, full_name: str) -> bool:
        parent, _, name = full_name.rpartition(".")
        facts = self.modules.get(parent)
        return facts is not None and name in facts.values

    def home(self, full_name: str) -> tuple[ModuleFacts, str] | None:
        """The module that defines a canonical name, and the rest of the name."""
        module, _, rest = full_name.rpartition(".")
        while module:
            facts = self.modules.get(module)
            if facts is not None:
                return facts, rest
            module, _, part = module.rpartition(".")
            rest = f"{part}.{rest}"
        return None
