"""All modules of a project, linked: names, models, session factories, event listeners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from codemods.facts.symbols import Call, Symbol, annotation
from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
from codemods.project import records
from codemods.project.classes import Classes, package_of
from codemods.project.core_tables import CoreTables
from codemods.project.hints import Hint, Hints
from codemods.project.linking import Linker
from codemods.project.listeners import Listeners
from codemods.project.mapping import Mapper
from codemods.project.model import Model, SessionFactory
from codemods.project.sessions import Factories
from codemods.settings import Settings

_MAKES_OBJECTS = frozenset({"__init__", "__new__", "__post_init__", "__init_subclass__"})


@dataclass(frozen=True, eq=False)
class ProjectIndex:
    """What all files of a project say together.

    It does not change; a changed file means a new index. Everything is worked out on first use.

    Args:
        root: the project's folder, absolute.
        modules: by dotted module name.
        by_path: the same modules by file.
    """

    root: Path
    settings: Settings
    modules: Mapping[str, ModuleFacts] = field(repr=False)
    by_path: Mapping[Path, ModuleFacts] = field(repr=False)

    @classmethod
    def build(cls, root: Path, settings: Settings, modules: Iterable[ModuleFacts]) -> ProjectIndex:
        by_path = {facts.path: facts for facts in modules}
        by_name: dict[str, ModuleFacts] = {}
        for path in sorted(by_path):
            by_name.setdefault(by_path[path].module, by_path[path])
        return cls(root, settings, by_name, by_path)

    # -- names

    @cached_property
    def _linker(self) -> Linker:
        return Linker(self.modules)

    @cached_property
    def _classes(self) -> Classes:
        return Classes(self._linker)

    def resolve(self, module: ModuleFacts, dotted: str) -> str | None:
        """The full name of what `dotted` means at module level of `module`.

        Imports, re-exports over any number of files, star imports and aliases are followed.
        External names come back as they are imported, builtins as `builtins.len`, attributes as
        `pkg.mod.Order.customer`. None is a name of which nothing is known.
        """
        return self._linker.resolve(module, dotted)

    def resolve_local(self, module: ModuleFacts, dotted: str) -> str | None:
        """As `resolve`; a name unknown at module level may be imported in a function."""
        return self._linker.resolve_local(module, dotted)

    def canonical(self, full_name: str) -> str:
        """The name under which an absolute dotted name is defined, itself if nothing is known."""
        return self._linker.canonical(full_name)

    # -- what names stand for

    @cached_property
    def models(self) -> Mapping[str, Model]:
        """Every mapped class by full name."""
        return Mapper(self._classes, self.settings).models(self.events)

    @cached_property
    def core_tables(self) -> Mapping[str, Model]:
        """Every table that no class is mapped to, by the full name of its variable."""
        return CoreTables(self._classes, self.settings, self.models.values()).read()

    @cached_property
    def factories(self) -> Mapping[str, SessionFactory]:
        """Every place that makes sessions by full name.

        A session that is opened in a function has the name `module.function@offset`.
        """
        return Factories(self._classes, self.root).read()

    def is_flask(self, full_name: str) -> bool:
        """True for Flask-SQLAlchemy's `db`, which has the names of SQLAlchemy, too."""
        return self._classes.is_flask(self.canonical(full_name))

    @cached_property
    def query_class(self) -> str | None:
        """The full name of the class that sessions of the project have for their queries and that
        only adds to SQLAlchemy's; None without one, or where some have this and some that."""
        made = [made for made in self.factories.values() if made.query_class and not made.test]
        named = {factory.query_class for factory in made}
        custom = any(factory.custom_query for factory in made)
        return named.pop() if len(named) == 1 and not custom else None

    def model(self, full_name: str) -> Model | None:
        return self.models.get(full_name) or self.models.get(self.canonical(full_name))

    def class_(self, full_name: str) -> ClassFacts | None:
        return self._classes.all.get(full_name) or self._classes.all.get(self.canonical(full_name))

    @cached_property
    def _functions(self) -> dict[str, FunctionFacts | None]:
        """What `function` has found, which is asked for most of the names again and again."""
        return {}

    def function(self, full_name: str) -> FunctionFacts | None:
        """The function or method of this name; a method may be inherited."""
        if full_name not in self._functions:
            self._functions[full_name] = self._function(full_name)
        return self._functions[full_name]

    def _function(self, full_name: str) -> FunctionFacts | None:
        home = self._linker.home(self.canonical(full_name))
        if home is None:
            return None
        facts, qualname = home
        found = facts.functions.get(qualname)
        if found is not None:
            return found
        owner, _, name = self.canonical(full_name).rpartition(".")
        for above in self._classes.order(owner) if owner in self._classes.all else ():
            item = self._classes.all.get(above)
            if item is not None and name in item.methods:
                return item.methods[name]
        return None

    def of_metaclass(self, full_name: str, name: str) -> FunctionFacts | None:
        """The method or property that a class has from its metaclass: `cls` is what it is read on."""
        made = self._classes.metaclass(self.canonical(full_name))
        found = self.function(f"{made}.{name}") if made is not None else None
        return found if found is not None and found.owner is not None else None

    def value(self, full_name: str) -> ValueFacts | None:
        """The assignment of a module's or class's attribute, which may be inherited."""
        canonical = self.canonical(full_name)
        found = self._classes.value(canonical)
        if found is not None:
            return found
        owner, _, name = canonical.rpartition(".")
        if owner in self._classes.all:
            inherited = self._classes.attribute(owner, name)
            return None if inherited is None else inherited[1]
        return None

    def bases(self, full_name: str) -> tuple[str, ...]:
        """The resolution order above a class, nearest first, without `object`; names from
        outside of the project are in it, an unknown base is the empty string."""
        return self._classes.order(self.canonical(full_name))[1:]

    def is_declarative_base(self, full_name: str) -> bool:
        """True for what `declarative_base()` made, `db.Model` of Flask-SQLAlchemy, or a class that
        is one: it has no methods but those that it is written with."""
        return self._classes.is_root(self.canonical(full_name))

    def relatives(self, full_name: str) -> frozenset[str]:
        """The project's classes whose attributes objects may share with those of a class: its
        subclasses, and all above one of these. It is among them itself."""
        canonical = self.canonical(full_name)
        found = {canonical}
        for other in self._classes.all:
            if canonical in (order := self._classes.order(other)):
                found |= {name for name in order if name in self._classes.all}
        return frozenset(found)

    @cached_property
    def _overrides(self) -> frozenset[tuple[str, str]]:
        """Each class with the name of what a class below it defines or assigns again."""
        return frozenset(
            (above, name)
            for full_name, item in self._classes.all.items()
            if item.methods or item.attributes
            for above in self._classes.order(full_name)[1:]
            for name in (*item.methods, *item.attributes)
        )

    def overridden(self, full_name: str, name: str) -> bool:
        """True if a class below this one defines the method, or assigns the attribute, again."""
        return (self.canonical(full_name), name) in self._overrides

    def has_method(self, full_name: str, *names: str) -> bool:
        """True if objects of a class, or of one below it, have one of these methods."""
        for owner in (full_name, *self.below(full_name)):
            found = (self.function(f"{owner}.{name}") for name in names)
            if any(each is not None and each.owner is not None for each in found):
                return True
        return False

    def below(self, full_name: str) -> tuple[str, ...]:
        """The classes of the project below a class."""
        return self._below.get(self.canonical(full_name), ())

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self._classes.all:
            for above in self._classes.order(name)[1:]:
                found[above] = (*found.get(above, ()), name)
        return found

    def is_enum(self, full_name: str) -> bool:
        """True for a class of the project that is an Enum."""
        return self._classes.is_enum(self.canonical(full_name))

    def is_plain_class(self, full_name: str) -> bool:
        """True for a class whose calls only make a value: an exception, an enum, a dataclass or
        named tuple, a class without a constructor. Every class above it has to be known."""
        canonical = self.canonical(full_name)
        if canonical in self.models:
            return False
        order = self._classes.order(canonical)
        if canonical not in self._classes.all:
            return False
        for name in order:
            item = self._classes.all.get(name)
            if item is not None:
                if _MAKES_OBJECTS & item.methods.keys() or "metaclass" in dict(item.keywords):
                    return False
            elif package_of(name) not in ("builtins", "enum", "typing", "abc", "dataclasses"):
                return False
        return True

    def has_field(self, full_name: str, name: str) -> bool:
        """True for a field of a dataclass, a named tuple or a pydantic model, which all objects of
        the class have."""
        canonical = self.canonical(full_name)
        return canonical in self._classes.all and records.has_field(self._classes, canonical, name)

    def may_be_given(self, full_name: str, name: str) -> bool:
        """True for a field that the constructor of a dataclass or of its like takes."""
        canonical = self.canonical(full_name)
        known = canonical in self._classes.all
        return known and records.may_be_given(self._classes, canonical, name)

    def record_parameters(self, full_name: str) -> records.Parameters | None:
        """What the constructor of a dataclass takes; None for other classes."""
        canonical = self.canonical(full_name)
        known = canonical in self._classes.all
        return records.parameters(self._classes, canonical) if known else None

    def tuple_fields(self, full_name: str) -> tuple[str, ...] | None:
        """The fields of a `NamedTuple`, in their order; None for other classes."""
        canonical = self.canonical(full_name)
        known = canonical in self._classes.all
        return records.tuple_fields(self._classes, canonical) if known else None

    def hint(self, module: ModuleFacts, written: str | Symbol) -> Hint:
        """An annotation without Optional, Mapped, Annotated and quotes; aliases are followed."""
        parsed = annotation(written) if isinstance(written, str) else written
        return Hints(self._classes).read(module, parsed)

    # -- events

    @cached_property
    def _listeners(self) -> Listeners:
        return Listeners(self._classes, self.root)

    @property
    def events(self) -> Mapping[str, frozenset[str]]:
        """The events that the project listens to, by the full name of the target; `*` where the
        target could not be told."""
        return self._listeners.events

    @property
    def session_events(self) -> frozenset[str]:
        """The session events that the project listens to: `before_flush`, `do_orm_execute` …"""
        return self._listeners.session_events

    @cached_property
    def method_names(self) -> frozenset[str]:
        """The names of the methods of all classes."""
        return frozenset(self._methods)

    def methods_named(self, name: str) -> tuple[FunctionFacts, ...]:
        """The methods of that name of all classes."""
        return tuple(self._methods.get(name, ()))

    @cached_property
    def _methods(self) -> dict[str, list[FunctionFacts]]:
        found: dict[str, list[FunctionFacts]] = {}
        for item in self._classes.all.values():
            for name, method in item.methods.items():
                found.setdefault(name, []).append(method)
        return found

    # -- the second wave of reading

    @cached_property
    def base_names(self) -> frozenset[str]:
        """The short names of classes from which a mapped class may be derived."""
        relevant = {name for name, facts in self.modules.items() if facts.relevant}
        return frozenset(
            item.name
            for full_name, item in self._classes.all.items()
            if self._classes.module_of[full_name].module in relevant and item.attributes
        )

    @cached_property
    def telling_names(self) -> frozenset[str]:
        """Names by which a file without a word of SQLAlchemy may matter: of functions that ask
        queries, and of relationships."""
        functions = {
            item.name
            for facts in self.modules.values()
            for item in facts.functions.values()
            if item.query_calls and not item.name.startswith("__")
        }
        relationships = {
            name
            for item in self._classes.all.values()
            for name, value in item.attributes.items()
            if isinstance(value.value, Call) and value.value.func.lower().endswith("relationship")
        }
        return frozenset(functions | relationships)

    def missing_modules(self) -> frozenset[str]:
        """Modules that were not read but may define what the relevant ones use.

        The names may be those of modules outside of the project. Read those that the project
        has, build the index again, and ask again until nothing new comes.
        """
        missing: set[str] = set()
        for facts in self.modules.values():
            if facts.relevant:
                targets = {(facts.origins[name], target) for name, target in facts.imports.items()}
                targets |= {(origin, target) for _, target, origin in facts.local_imports}
                targets |= {(origin, origin) for origin in facts.star_imports}
                for origin, target in targets:
                    self._missing(origin, target, missing)
            else:
                for item in facts.classes.values():
                    for base in self._classes.bases(item):
                        if base is not None:
                            self._missing(base.rpartition(".")[0], base, missing)
        return frozenset(missing)

    def _missing(self, origin: str, target: str, missing: set[str]) -> None:
        for _ in range(50):
            facts = self.modules.get(origin)
            if facts is None:
                missing.add(origin)
                if target != origin:
                    missing.add(target)
                return
            if target == origin:
                return
            name = target[len(origin) + 1 :]
            if name not in facts.imports:
                if f"{origin}.{name}" not in self.modules and name not in facts.values:
                    missing.add(f"{origin}.{name}")
                missing.update(star for star in facts.star_imports if star not in self.modules)
                return
            origin, target = facts.origins[name], facts.imports[name]
