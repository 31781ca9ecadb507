"""The project's classes: bases, resolution order, and which of them are mapped."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from codemods.facts.symbols import Call, Constant, Member, Name, Subscript, Symbol
from codemods.facts.values import ClassFacts, ModuleFacts, ValueFacts
from codemods.project.linking import Linker

_ROOTS = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
_ORM = frozenset(
    [
        "relationship",
        "relation",
        "backref",
        "dynamic_loader",
        "mapped_column",
        "Mapped",
        "deferred",
        "column_property",
        "synonym",
        "validates",
        "Session",
        "sessionmaker",
        "scoped_session",
        "registry",
        "declared_attr",
        "composite",
        "query_expression",
        "Query",
        "aliased",
    ]
)
_MAKERS = frozenset({"declarative_base", "generate_base", "automap_base", "make_declarative_base"})
_MAPPED_BY = frozenset({"mapped", "mapped_as_dataclass"})
_ROOT_BY = frozenset({"as_declarative", "as_declarative_base"})
_KNOWN_MIXINS = frozenset(
    [
        "flask_login.UserMixin",
        "flask_login.mixins.UserMixin",
        "flask_login.AnonymousUserMixin",
        "typing_extensions.Protocol",
        "typing_extensions.Generic",
    ]
)
_KNOWN_PACKAGES = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy", "pydantic"})


def package_of(full_name: str) -> str:
    return full_name.partition(".")[0]


def short_name(full_name: str | None) -> str:
    """The last part of a name of SQLAlchemy or SQLModel, empty for any other name."""
    if full_name is not None and package_of(full_name) in ("sqlalchemy", "sqlmodel"):
        return full_name.rpartition(".")[2]
    return ""


class Classes:
    """Every class of the project by full name, with its bases resolved."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.all: dict[str, ClassFacts] = {}
        self.module_of: dict[str, ModuleFacts] = {}
        for facts in linker.modules.values():
            for item in facts.classes.values():
                self.all[item.full_name] = item
                self.module_of[item.full_name] = facts
        self._orders: dict[str, tuple[str, ...]] = {}
        self._bases: dict[str, tuple[str | None, ...]] = {}
        self._roots: dict[str, bool] = {}
        self._flask: dict[str, bool] = {}
        self._names: dict[tuple[str, str], str | None] = {}
        self._active: set[str] = set()

    # -- names

    def resolve(self, facts: ModuleFacts, dotted: str, inside: str = "") -> str | None:
        """As `Linker.resolve_local`, also seeing the classes around `inside`, a qualname."""
        first, _, rest = dotted.partition(".")
        while inside:
            inside = inside.rpartition(".")[0]
            qualname = f"{inside}.{first}"
            if inside and qualname in facts.classes:
                full = facts.classes[qualname].full_name
                return f"{full}.{rest}" if rest else full
        return self.linker.resolve_local(facts, dotted)

    def meaning(self, facts: ModuleFacts, dotted: str) -> str | None:
        """As `resolve`, with what `db.Column` and the project's subclasses of SQLAlchemy's
        classes stand for in their place: `sqlalchemy.Column`."""
        key = (facts.module, dotted)
        if key not in self._names:
            self._names[key] = self._meaning(facts, dotted)
        return self._names[key]

    def _meaning(self, facts: ModuleFacts, dotted: str) -> str | None:
        full = self.linker.resolve_local(facts, dotted)
        if full is None:
            owner, _, name = dotted.rpartition(".")
            if owner == "sqlalchemy":
                return dotted
            return _flask_name(name) if owner in ("db", "sa") else None
        owner, _, name = full.rpartition(".")
        if owner and self.is_flask(owner):
            return _flask_name(name)
        if owner.endswith(".db") and self.linker.home(full) is None:
            return _flask_name(name)
        if full in self.all:
            for base in self.order(full)[1:]:
                if short_name(base) in ("Column", "RelationshipProperty", "Relationship"):
                    return base
        return full

    def value(self, full_name: str) -> ValueFacts | None:
        """The module-level assignment of a canonical name."""
        home = self.linker.home(full_name)
        return None if home is None else home[0].values.get(home[1])

    def is_flask(self, full_name: str) -> bool:
        """True for a value that is Flask-SQLAlchemy's `SQLAlchemy(...)`, or a subclass's."""
        found = self._flask.get(full_name)
        if found is None:
            self._flask[full_name] = False
            found = self._flask[full_name] = self._is_flask(full_name)
        return found

    def _is_flask(self, full_name: str) -> bool:
        home = self.linker.home(full_name)
        if home is None:
            return False
        value = home[0].values.get(home[1])
        if value is None or not isinstance(value.value, Call) or not value.value.func:
            return False
        made = self.linker.resolve(home[0], value.value.func)
        return made is not None and any(
            name.endswith(".SQLAlchemy") and name not in self.all for name in self.order(made)
        )

    # -- bases

    def bases(self, item: ClassFacts) -> tuple[str | None, ...]:
        """The full names of a class's bases, None for one that cannot be told."""
        found = self._bases.get(item.full_name)
        if found is None:
            facts = self.module_of[item.full_name]
            found = tuple(self.base(facts, base, item.qualname) for base in item.bases)
            self._bases[item.full_name] = found
        return found

    def base(self, facts: ModuleFacts, written: Symbol, inside: str = "") -> str | None:
        if isinstance(written, Subscript):
            written = written.value
        if isinstance(written, Name):
            return self.resolve(facts, written.dotted, inside)
        if isinstance(written, Call):
            name = self._maker(facts, written)
            return f"sqlalchemy.orm.{name}()" if name else None
        return None

    def _maker(self, facts: ModuleFacts, call: Call) -> str | None:
        """`declarative_base` for a call that makes a declarative base."""
        if isinstance(call.callee, Member):
            return call.callee.name if call.callee.name in _MAKERS else None
        name = call.func.rpartition(".")[2]
        if name in _MAKERS:
            return name
        full = self.linker.resolve_local(facts, call.func) if call.func else None
        short = short_name(full)
        return short if short in _MAKERS else None

    def order(self, full_name: str) -> tuple[str, ...]:
        """The resolution order of a class or declarative base, itself first; names from outside
        of the project are part of it, an unknown base is the empty string."""
        found = self._orders.get(full_name)
        if found is not None:
            return found
        if full_name in self._active:
            return (full_name,)
        self._active.add(full_name)
        try:
            parts: list[str] = []
            for base in self._above(full_name):
                parts += [""] if base is None else self.order(base)
        finally:
            self._active.discard(full_name)
        kept: dict[str, None] = {}
        for name in reversed(parts):
            kept.setdefault(name)
        result = (full_name, *reversed(kept))
        if not self._active:
            self._orders[full_name] = result
        return result

    def _above(self, full_name: str) -> Iterable[str | None]:
        item = self.all.get(full_name)
        if item is not None:
            return self.bases(item)
        home = self.linker.home(full_name)
        if home is None:
            return ()
        facts, name = home
        value = facts.values.get(name)
        if value is not None and isinstance(value.value, Call):
            return self._given(facts, value.value, "cls")
        owner, _, last = name.rpartition(".")
        value = facts.values.get(owner)
        if last == "Model" and value is not None and isinstance(value.value, Call):
            return self._given(facts, value.value, "model_class")
        return ()

    def _given(self, facts: ModuleFacts, call: Call, keyword: str) -> list[str | None]:
        given = call.keyword(keyword)
        return [self.base(facts, given)] if given is not None else []

    def metaclass(self, full_name: str) -> str | None:
        """The project's metaclass of a class, its own or one that it inherits."""
        for name in self.order(full_name):
            item, value, home = self.all.get(name), self.value(name), self.linker.home(name)
            makers: list[Symbol | None] = [value.value if value is not None else None]
            makers += item.decorators if item is not None else ()
            given = [call.keyword("metaclass") for call in makers if isinstance(call, Call)]
            given += [dict(item.keywords).get("metaclass")] if item is not None else []
            for written in given:
                if written is not None and home is not None:
                    made = self.base(home[0], written, home[1])
                    if made in self.all:
                        return made
        return None

    # -- roles

    def is_root(self, full_name: str) -> bool:
        """True for a declarative base: its subclasses are mapped."""
        found = self._roots.get(full_name)
        if found is None:
            found = self._roots[full_name] = self._is_root(full_name)
        return found

    def _is_root(self, full_name: str) -> bool:
        item = self.all.get(full_name)
        if item is None:
            return self._is_outer_root(full_name)
        if any(_tail(decorator) in _ROOT_BY for decorator in item.decorators):
            return True
        metaclass = dict(item.keywords).get("metaclass")
        if metaclass is not None and _tail(metaclass) in ("DeclarativeMeta", "DefaultMeta"):
            return "__tablename__" not in item.attributes
        if any(short_name(base) in _ROOTS for base in self.bases(item)):
            return True
        # class Base: …; Base = declarative_base(cls=Base)
        facts = self.module_of[full_name]
        again = facts.values.get(item.qualname)
        return (
            again is not None
            and again.place > item.place
            and isinstance(again.value, Call)
            and self._maker(facts, again.value) is not None
        )

    def _is_outer_root(self, full_name: str) -> bool:
        if full_name.endswith("()") or short_name(full_name) in (*_ROOTS, "SQLModel"):
            return True
        owner, _, last = full_name.rpartition(".")
        if last == "Model" and (self.is_flask(owner) or owner.endswith(".db")):
            return True
        home = self.linker.home(full_name)
        value = None if home is None else home[0].values.get(home[1])
        if home is None or value is None or not isinstance(value.value, Call):
            return False
        return self._maker(home[0], value.value) is not None

    def is_sqlmodel(self, full_name: str) -> bool:
        return any(short_name(name) == "SQLModel" for name in self.order(full_name))

    def is_mapped(self, item: ClassFacts) -> bool:
        """True if the class itself has a table or a share of its parent's."""
        if any(_tail(decorator) in _MAPPED_BY for decorator in item.decorators):
            return True
        if self.is_root(item.full_name) or _is_true(item, "__abstract__"):
            return False
        order = self.order(item.full_name)
        if self.is_sqlmodel(item.full_name):
            return dict(item.keywords).get("table") == Constant(True)
        if any(self.is_root(name) for name in order[1:]):
            return True
        if self.is_complete(item.full_name):
            return False
        if {"__tablename__", "__table__"} & item.attributes.keys():
            return True
        calls = [v.value for v in item.attributes.values() if isinstance(v.value, Call)]
        if any(_tail(base) == "Model" for base in item.bases):
            return any(call.func.endswith("Column") for call in calls)
        # below a base of another package, `declarative_base()` or a class of its own
        ours = [call for call in calls if self._is_sqlalchemy(item, call.func)]
        return any(_tail(base) == "Base" and ours for base in item.bases) or any(map(_links, ours))

    def _is_sqlalchemy(self, item: ClassFacts, func: str) -> bool:
        """True for what declares a column or a relationship."""
        if func.rpartition(".")[2] not in ("Column", "mapped_column", "relationship"):
            return False
        resolved = self.resolve(self.module_of[item.full_name], func)
        return resolved is not None and package_of(resolved) == "sqlalchemy"

    def is_complete(self, full_name: str) -> bool:
        """False if a class above may have attributes that are not seen."""
        return all(self._is_known(name) for name in self.order(full_name))

    def _is_known(self, name: str) -> bool:
        if name in self.all or name.endswith("()") or self.is_root(name):
            return True
        package = package_of(name)
        return (
            package in _KNOWN_PACKAGES
            or package in sys.stdlib_module_names
            or name in _KNOWN_MIXINS
        )

    def is_enum(self, full_name: str) -> bool:
        return full_name in self.all and any(
            package_of(name) == "enum" for name in self.order(full_name)
        )

    def attribute(self, full_name: str, name: str) -> tuple[str, ValueFacts] | None:
        """The nearest assignment of an attribute in a class's body or one above it, with the
        full name of the class that has it."""
        for owner in self.order(full_name):
            item = self.all.get(owner)
            if item is not None and name in item.attributes:
                return owner, item.attributes[name]
        return None


def _tail(value: Symbol) -> str:
    if isinstance(value, Call):
        value = value.callee
    if isinstance(value, Name):
        return value.dotted.rpartition(".")[2]
    return value.name if isinstance(value, Member) else ""


def _links(call: Call) -> bool:
    """True for a relationship and a column with a foreign key, which mixins have no plain ones of."""
    return call.func.rpartition(".")[2] == "relationship" or any(
        isinstance(part, Call) and _tail(part) == "ForeignKey" for part in call.arguments
    )


def _flask_name(name: str) -> str:
    return f"sqlalchemy.orm.{name}" if name in _ORM else f"sqlalchemy.{name}"


def _is_true(item: ClassFacts, name: str) -> bool:
    value = item.attributes.get(name)
    return value is not None and value.value == Constant(True)
