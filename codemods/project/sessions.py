"""The places that make sessions, and what these sessions do by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from codemods.facts.symbols import Call, Constant, Lambda, Member, Name, Pairs, Symbol, truth_of
from codemods.facts.values import CallFacts, ModuleFacts, ValueFacts
from codemods.project.classes import Classes, package_of
from codemods.project.model import SessionFactory
from codemods.project.query_classes import only_adds, query_class
from codemods.source import Place

_MAKERS = frozenset({"sessionmaker", "async_sessionmaker"})
_SCOPED = frozenset({"scoped_session", "async_scoped_session"})
_SESSIONS = frozenset({"Session", "AsyncSession"})
_PACKAGES = frozenset({"sqlalchemy", "sqlmodel"})
_TEST_FOLDERS = frozenset({"test", "tests", "testing"})


@dataclass(frozen=True, slots=True)
class _Flags:
    """What options say; `asynchronous` and `custom` come from the class of the session."""

    autoflush: bool | None = True
    expire: bool | None = True
    asynchronous: bool = False
    custom: str | None = None
    query: str | None = None
    scoped: bool = False


class Factories:
    """Finds every `SessionFactory` of a project."""

    def __init__(self, classes: Classes, root: Path) -> None:
        self.classes = classes
        self.root = root
        self.found: dict[str, SessionFactory] = {}
        self._values: dict[str, tuple[ModuleFacts, ValueFacts]] = {}
        self._active: set[str] = set()

    def read(self) -> dict[str, SessionFactory]:
        for facts in self.classes.linker.modules.values():
            for value in _values(facts):
                self._values[value.full_name] = (facts, value)
        for name in self._values:
            self.factory(name)
        configured = []
        for facts in self.classes.linker.modules.values():
            for item in facts.calls:
                if item.call.func.endswith(".configure"):
                    configured.append((facts, item))
                else:
                    self._call(facts, item)
        for facts, item in configured:
            self._configure(facts, item)
        return self.found

    def factory(self, full_name: str) -> SessionFactory | None:
        """The factory that a value is, reading it if that was not done yet."""
        if full_name in self.found:
            return self.found[full_name]
        known = self._values.get(full_name)
        if known is None or full_name in self._active:
            return None
        facts, value = known
        if not isinstance(value.value, Call):
            return None
        self._active.add(full_name)
        flags = self._made(facts, value.value, held=True)
        self._active.discard(full_name)
        if flags is None:
            return None
        return self._add(full_name, facts, value.place, flags)

    def _add(
        self, full_name: str, facts: ModuleFacts, place: Place, flags: _Flags
    ) -> SessionFactory:
        made = self.found[full_name] = SessionFactory(
            full_name,
            place,
            flags.asynchronous,
            flags.autoflush,
            flags.expire,
            flags.scoped,
            is_test(facts.path, self.root),
            flags.custom,
            flags.query,
            self._is_custom(flags),
        )
        return made

    def _call(self, facts: ModuleFacts, item: CallFacts) -> None:
        flags = self._made(facts, item.call)
        if flags is not None:
            where = f".{item.function}" if item.function else ""
            name = f"{facts.module}{where}@{item.place.span.start}"
            self._add(name, facts, item.place, flags)

    # -- what a call makes

    def _made(self, facts: ModuleFacts, call: Call, held: bool = False) -> _Flags | None:
        """What the sessions of a call are like, None for a call that makes none. A session that
        is `held` by a module or class can be reached from everywhere."""
        if isinstance(call.callee, Call):
            made = self._made(facts, call.callee)
            return replace(made, scoped=True) if made is not None and held else made
        full = self.classes.linker.resolve_local(facts, call.func) if call.func else None
        if full is None:
            return None
        if self._is_flask(full):
            return self._flask(facts, call, full)
        known = self.factory(full)
        if known is not None:
            return self._again(facts, call, known, held)
        kind = self._kind(full)
        if kind in _SCOPED:
            return self._scoped(facts, call, kind)
        if kind in _MAKERS:
            base = _Flags(asynchronous=kind == "async_sessionmaker")
            given = call.keyword("class_")
            return self._options(facts, call, self._of_class(facts, given, base))
        if kind == "create_session":
            return self._options(facts, call, _Flags(autoflush=False, expire=False))
        if kind in _SESSIONS:
            base = _Flags(asynchronous=kind == "AsyncSession")
            if full in self.classes.all:
                base = self._of_class(facts, Name(call.func), base)
            return replace(self._options(facts, call, base), scoped=held)
        return None

    def _kind(self, full: str) -> str:
        """The last name of what SQLAlchemy's class or function is called, also of a subclass."""
        for name in self.classes.order(full):
            if package_of(name) in _PACKAGES:
                last = name.rpartition(".")[2]
                if last in _MAKERS | _SCOPED | _SESSIONS | {"create_session"}:
                    return last
        return ""

    def _is_flask(self, full: str) -> bool:
        return any(
            name.endswith(".SQLAlchemy") and name not in self.classes.all
            for name in self.classes.order(full)
        )

    def _again(
        self, facts: ModuleFacts, call: Call, known: SessionFactory, held: bool
    ) -> _Flags | None:
        """A session of a known factory, which matters if it is held or given other options."""
        if not held and not any(
            key in ("autoflush", "expire_on_commit") for key, _ in call.keywords
        ):
            return None
        flags = self._options(facts, call, _flags(known))
        return replace(flags, scoped=flags.scoped or held)

    def _scoped(self, facts: ModuleFacts, call: Call, kind: str) -> _Flags:
        inner = call.argument(0, "session_factory")
        if isinstance(inner, Lambda):
            inner = inner.body
        found: _Flags | None = None
        if isinstance(inner, Call):
            found = self._made(facts, inner)
        elif isinstance(inner, Name):
            full = self.classes.linker.resolve_local(facts, inner.dotted)
            known = self.factory(full) if full is not None else None
            found = _flags(known) if known is not None else None
        if found is None:
            found = _Flags(None, None, asynchronous=kind == "async_scoped_session")
        return replace(found, scoped=True)

    def _flask(self, facts: ModuleFacts, call: Call, full: str) -> _Flags:
        flags = _Flags(scoped=True)
        if full in self.classes.all and self._constructs(full):
            flags = replace(flags, autoflush=None, expire=None)
        options = call.keyword("session_options")
        if isinstance(options, Name):
            value = self._value(facts, options.dotted)
            options = value if value is not None else options
        query = call.keyword("query_class")
        if isinstance(options, Call) and options.func == "dict":
            flags = self._options(facts, options, flags)
        elif isinstance(options, Pairs):
            pairs = tuple(
                (key.value if isinstance(key, Constant) else None, value)
                for key, value in options.pairs
            )
            names = tuple((key if isinstance(key, str) else None, value) for key, value in pairs)
            flags = self._options(facts, Call(Name("dict"), (), names), flags)
        elif options is not None or call.open:
            flags = replace(flags, autoflush=None, expire=None)
        if query is not None:
            flags = replace(flags, query=query_class(self.classes, facts, query))
        return flags

    def _constructs(self, full: str) -> bool:
        """True if a project's own subclass makes its sessions in its own way."""
        own = {"__init__", "_make_scoped_session", "create_session", "create_scoped_session"}
        return any(
            own & self.classes.all[name].methods.keys()
            for name in self.classes.order(full)
            if name in self.classes.all
        )

    def _of_class(self, facts: ModuleFacts, given: Symbol | None, base: _Flags) -> _Flags:
        """The options that a session's class brings; unknown where its constructor is its own."""
        if given is None:
            return base
        full = self._full(facts, given)
        if full is None:
            return replace(base, autoflush=None, expire=None)
        if self._kind(full) == "AsyncSession":
            base = replace(base, asynchronous=True)
        if full not in self.classes.all:
            known = package_of(full) in _PACKAGES
            return base if known else replace(base, custom=full, autoflush=None, expire=None)
        base = replace(base, custom=full)
        return replace(base, autoflush=None, expire=None) if self._constructs(full) else base

    def _options(self, facts: ModuleFacts, call: Call, base: _Flags) -> _Flags:
        unknown = any(key is None for key, _ in call.keywords)
        autoflush, expire = call.keyword("autoflush"), call.keyword("expire_on_commit")
        query = call.keyword("query_cls")
        return replace(
            base,
            autoflush=self._truth(facts, autoflush, None if unknown else base.autoflush),
            expire=self._truth(facts, expire, None if unknown else base.expire),
            query=query_class(self.classes, facts, query) if query is not None else base.query,
        )

    def _truth(self, facts: ModuleFacts, given: Symbol | None, default: bool | None) -> bool | None:
        if given is None:
            return default
        if isinstance(given, Name):
            given = self._value(facts, given.dotted) or given
        return truth_of(given, True)

    def _value(self, facts: ModuleFacts, dotted: str) -> Symbol | None:
        """What a module-level constant is."""
        full = self.classes.linker.resolve_local(facts, dotted)
        value = None if full is None else self.classes.value(full)
        return None if value is None else value.value

    def _full(self, facts: ModuleFacts, given: Symbol) -> str | None:
        if isinstance(given, Name):
            return self.classes.linker.resolve_local(facts, given.dotted)
        return given.name if isinstance(given, Member) else None

    # -- options that are given later

    def _configure(self, facts: ModuleFacts, item: CallFacts) -> None:
        """`Session.configure(autoflush=False)`: certain at module level, possible elsewhere."""
        dotted = item.call.func.removesuffix(".configure")
        full = self.classes.linker.resolve_local(facts, dotted)
        known = None if full is None else self.found.get(full)
        if known is None:
            return
        flags = self._options(facts, item.call, _flags(known))
        autoflush, expire = flags.autoflush, flags.expire
        if item.function is not None:
            autoflush = autoflush if autoflush == known.autoflush else None
            expire = expire if expire == known.expire_on_commit else None
        self.found[known.full_name] = replace(
            known,
            autoflush=autoflush,
            expire_on_commit=expire,
            query_class=flags.query,
            custom_query=self._is_custom(flags),
        )

    def _is_custom(self, flags: _Flags) -> bool:
        """True where the queries of sessions may do other things than SQLAlchemy's."""
        return flags.query is not None and not only_adds(self.classes, flags.query)


def is_test(path: Path, root: Path) -> bool:
    """True for a file of tests: by its folder below `root`, or by its name."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
    name = path.name
    return (
        any(part.lower() in _TEST_FOLDERS for part in parts[:-1])
        or name in ("conftest.py", "tests.py")
        or name.startswith("test_")
        or name.endswith("_test.py")
    )


def _values(facts: ModuleFacts) -> Iterator[ValueFacts]:
    yield from facts.values.values()
    for item in facts.classes.values():
        yield from item.attributes.values()


def _flags(known: SessionFactory) -> _Flags:
    return _Flags(
        known.autoflush,
        known.expire_on_commit,
        known.asynchronous,
        known.custom_class,
        known.query_class,
        known.scoped,
    )
