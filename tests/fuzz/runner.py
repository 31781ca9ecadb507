"""Runs programs before and after the safe fixes, and says where they differ."""

from __future__ import annotations

import ast
import random
import shutil
import signal
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

import codemods
from codemods.finding import Status
from tests.fuzz import data
from tests.fuzz import models as m
from tests.fuzz.schema import HEADER
from tests.fuzz.stores import PostgresStore, SqliteStore
from tests.fuzz.writer import Function

MODELS = Path(m.__file__).read_text("utf-8")
DATA_SEEDS = 12
SECONDS = 2

# What the project says of its sessions, and with which options they are really made.
FACTS: dict[str, tuple[str, list[dict[str, bool]]]] = {
    "default": ("sessionmaker()", [{}]),
    "off": ("sessionmaker(autoflush=False)", [{"autoflush": False}]),
    "kept": ("sessionmaker(expire_on_commit=False)", [{"expire_on_commit": False}]),
    "scoped": ("scoped_session(sessionmaker())", [{}]),
}
SETTINGS = [
    '[tool.minusn]\nsqlalchemy = ">=1.4,<2.2"\ndatabase = ["sqlite", "postgresql"]\n',
    '[tool.minusn]\nsqlalchemy = ">=2.1,<2.2"\ndatabase = ["sqlite"]\n',
    "",
]


# A key that cannot be evaluated may raise before another error of the loop would have come.
BAD_KEYS = frozenset({"KeyError", "TypeError", "AttributeError", "ValueError"})


# Preconditions, and reasons of others, that hold or not without a change of what is computed.
ABOUT_COST = frozenset(
    {"asked-every-time", "read-every-time", "sent-together", "early-stop", "row-values"}
)
OF_COST = ("is fetched that it may find", "some databases compare without case")


@dataclass(frozen=True)
class Outcome:
    """What one run gave."""

    result: Any
    exception: str | None
    state: Any
    printed: str
    selects: tuple[str, ...]


@dataclass
class Failure:
    """A program that the safe fixes changed."""

    function: Function
    facts: str
    setting: int
    seed: int
    what: str
    after: str
    outcomes: tuple[Outcome, Outcome]
    fixes: tuple[str, ...] = field(default=())


class Laboratory:
    """A project in a folder of its own, and a database for each seed."""

    def __init__(self, url: str = "sqlite://", review: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz"))
        self.selects: list[str] = []
        self.store = SqliteStore(self._sent)
        if not url.startswith("sqlite"):
            self.store = PostgresStore(self._sent, url)
        self.review = review
        self.changed = 0
        self.raised: dict[str | None, int] = {}

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.store.close()

    def _sent(self, statement: str) -> None:
        if statement.startswith("SELECT"):
            self.selects.append(statement)

    # The tool ---------------------------------------------------------------------------

    def rewritten(
        self, functions: list[Function], facts: str, setting: int
    ) -> tuple[str, str, list[Any]]:
        """A module with these functions, what the tool makes of it, and the fixes applied."""
        before = HEADER + "".join(f"\n\n{f.source}" for f in functions)
        program = self.folder / "program.py"
        program.write_text(before, "utf-8")
        (self.folder / "models.py").write_text(MODELS, "utf-8")
        made = f"from sqlalchemy.orm import scoped_session, sessionmaker\n\nSessionLocal = {FACTS[facts][0]}\n"
        (self.folder / "db.py").write_text(made, "utf-8")
        (self.folder / "pyproject.toml").write_text(SETTINGS[setting], "utf-8")
        changes = codemods.diff([program], root=self.folder, review=self.review)
        assert not changes.failures, changes.failures
        assert not changes.skipped, changes.skipped
        after = changes.files[0].after.decode() if changes.files else before
        return before, after, list(changes.applied)

    # The database -----------------------------------------------------------------------

    def run(self, code: types.CodeType, function: Function, facts: str, seed: int) -> Outcome:
        """Run one function of a compiled module on the data of `seed`."""
        rng = random.Random(seed * 7919 + 1)
        options = rng.choice(FACTS[facts][1])
        bind, more = self.store.begin(seed)
        database = types.ModuleType("db")
        vars(database)["SessionLocal"] = sessionmaker(bind, **options, **more)
        space: dict[str, Any] = {"__name__": "program"}
        out: list[Any] = []
        result: Any = None
        exception = None
        printed = StringIO()
        with modules(models=m, db=database), warnings.catch_warnings(), redirect_stdout(printed):
            warnings.simplefilter("ignore")
            exec(code, space)
            session = Session(bind, **options, **more)
            _prepare(session, rng)
            items = data.argument(rng, function.kind, function.shape, function.honest)
            kept = list(items) if isinstance(items, list) else None
            self.selects.clear()
            frozen: Any = None
            try:
                with limited(SECONDS):
                    result = space[function.name](session, items, out)
                frozen = freeze((result, out, items if kept is not None else None))
            except (Exception, Endless) as error:
                exception = type(error).__name__
                session.rollback()
                # What an endless program has made may fill the memory, and is compared with nothing.
                if not isinstance(error, Endless):
                    frozen = freeze((out, items if kept is not None else None))
            selects = tuple(self.selects)
            try:
                session.commit()
            except Exception as error:
                exception = f"{exception} then {type(error).__name__}"
                session.rollback()
            session.close()
        return Outcome(frozen, exception, self.store.end(), printed.getvalue(), selects)

    # Comparing --------------------------------------------------------------------------

    def failures(
        self, functions: list[Function], facts: str, setting: int, seeds: range
    ) -> Iterator[Failure]:
        before, after, fixes = self.rewritten(functions, facts, setting)
        self.changed = 0
        if before == after:
            return
        try:
            old, new = compile(before, "before.py", "exec"), compile(after, "after.py", "exec")
        except SyntaxError as error:
            nothing = Outcome(None, str(error), None, "", ())
            yield Failure(functions[0], facts, setting, 0, "syntax", after, (nothing, nothing))
            return
        texts = [_texts(before), _texts(after)]
        for function in functions:
            if texts[0][function.name] == texts[1][function.name]:
                continue
            self.changed += 1
            own = [fix for fix in fixes if fix.function == function.name]
            if not all(_comparable(fix) for fix in own):
                continue
            count = len(own)
            named = tuple(map(_described, own))
            for seed in seeds:
                one = self.run(old, function, facts, seed)
                self.raised[one.exception] = self.raised.get(one.exception, 0) + 1
                two = self.run(new, function, facts, seed)
                what = difference(one, two, count)
                if what and not (self.review and "statements" in what):
                    text = texts[1][function.name]
                    yield Failure(function, facts, setting, seed, what, text, (one, two), named)
                    break


def difference(one: Outcome, two: Outcome, fixes: int) -> str | None:
    """The aspect in which two runs differ."""
    if "Endless" in (one.exception or "") and "Endless" in (two.exception or ""):
        return None
    if one.exception and two.exception and two.exception in BAD_KEYS:
        return "state" if one.state != two.state else None
    for aspect in ("exception", "result", "state", "printed"):
        if getattr(one, aspect) != getattr(two, aspect):
            return aspect
    if one.exception is None and len(two.selects) > len(one.selects) + fixes:
        return "statements"
    most = max((one.selects.count(s) - two.selects.count(s) for s in one.selects), default=0)
    if most >= 4 and one.exception is None and len(two.selects) > len(one.selects) + fixes - 1:
        return "more statements"
    return None


def _texts(source: str) -> dict[str, str]:
    return {
        node.name: ast.unparse(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def _comparable(fix: Any) -> bool:
    """True for a fix that is safe, or whose doubts are only about what it costs."""
    doubts = [c for c in fix.fix.preconditions if c.status is not Status.PROVEN]
    return all(c.name in ABOUT_COST or any(r in c.reason for r in OF_COST) for c in doubts)


def _described(fix: Any) -> str:
    doubts = [c.name for c in fix.fix.preconditions if c.status is not Status.PROVEN]
    return f"{fix.name}: {fix.fix.title} {', '.join(doubts)}"


class Endless(BaseException):
    """A program that does not come to its end."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `Endless` in the midst of what takes too long."""

    def stop(*_: Any) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def modules(**found: types.ModuleType) -> Iterator[None]:
    kept = {name: sys.modules.get(name) for name in found}
    sys.modules.update(found)
    try:
        yield
    finally:
        for name, module in kept.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


def _prepare(session: Session, rng: random.Random) -> None:
    """What the caller has left in the session: rows, new objects, changes, all not flushed."""
    if rng.random() < 0.7:
        return
    kept = session.info["kept"] = []
    with session.no_autoflush:
        for model in (m.Customer, m.Order, m.Region, m.Product, m.Tag):
            if rng.random() < 0.4:
                kept += session.query(model).all()
        if rng.random() < 0.4:
            session.add(m.Order(number="pending", customer_id=1))
        if rng.random() < 0.3:
            session.add(m.Customer(email="c9@x", name="ann", region_id=1))
        if rng.random() < 0.3 and kept:
            changed = rng.choice(kept)
            if isinstance(changed, m.Order):
                changed.customer_id = 2
            elif isinstance(changed, m.Customer):
                changed.name = "ann"


def freeze(value: Any, seen: dict[int, int] | None = None) -> Any:
    """What can be seen of a value: types, equality, and which mapped objects are the same."""
    seen = {} if seen is None else seen
    if isinstance(value, dict):
        return ("dict", [(freeze(k, seen), freeze(v, seen)) for k, v in value.items()])
    if isinstance(value, list | tuple) or type(value).__name__ == "InstrumentedList":
        kind = "tuple" if isinstance(value, tuple) else "list"
        number = seen.setdefault(id(value), len(seen)) if kind == "list" else 0
        return (kind, number, [freeze(item, seen) for item in value])
    if isinstance(value, set | frozenset):
        return ("set", sorted((freeze(item, seen) for item in value), key=repr))
    if hasattr(value, "_sa_instance_state"):
        state = sa.inspect(value)
        return (type(value).__name__, seen.setdefault(id(value), len(seen)), str(state.identity))
    if isinstance(value, data.Item):
        return ("Item", freeze(vars(value), seen))
    text = repr(value)
    return (type(value).__name__, text.partition(" at 0x")[0])
