"""Runs programs of several files before and after the safe fixes, and says where they differ."""

from __future__ import annotations

import importlib
import random
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

import codemods
from codemods.finding import Status
from tests.fuzz import library
from tests.fuzz.across_programs import Program, program
from tests.fuzz.runner import ABOUT_COST, freeze

BATCH = 8
SIZES = ((0, 0), (1, 0), (3, 1), (9, 0), (14, 2))
FACTS: dict[str, dict[str, bool]] = {
    "": {}, "autoflush=False": {"autoflush": False},
    "expire_on_commit=False": {"expire_on_commit": False},
}  # fmt: skip
LIBRARY = Path(library.__file__).read_text("utf-8")
SETTINGS = '[tool.minusn]\nsqlalchemy = ">=1.4,<2.2"\ndatabase = ["sqlite", "postgresql"]\n'


@dataclass(frozen=True)
class Outcome:
    result: Any
    exception: str | None
    state: Any
    selects: tuple[str, ...]


@dataclass(frozen=True)
class Failure:
    program: Program
    facts: str
    size: tuple[int, int]
    what: str
    after: str
    outcomes: tuple[Outcome, Outcome]
    fixes: tuple[str, ...]


class Laboratory:
    """Folders for both sides of a project, and a database for each size."""

    def __init__(self, review: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="across")).resolve()
        self.review = review
        self.changed = 0
        self.selects: list[str] = []

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def failures(self, programs: list[Program], facts: str) -> Iterator[Failure]:
        before, after = self.folder / "before", self.folder / "after"
        fixes = self.rewritten(programs, facts, before, after)
        self.changed = 0
        for item in programs:
            texts = {name: (after / f"{name}.py").read_text("utf-8") for name in item.modules}
            if texts == item.modules:
                continue
            self.changed += 1
            own = [
                fix
                for fix in fixes
                if fix.place.path.stem.startswith(f"{item.name}_")
                or (any(note.place.path.stem.startswith(f"{item.name}_") for note in fix.related))
            ]
            if not all(map(_comparable, own)):
                continue
            whole = Program(item.name, texts).text
            for size in SIZES:
                one = self.run(before, item, facts, size)
                two = self.run(after, item, facts, size)
                what = difference(one, two, len(own))
                if what is not None and not (self.review and what == "statements"):
                    yield Failure(
                        item, facts, size, what, whole, (one, two), tuple(map(_described, own))
                    )
                    break

    def rewritten(
        self, programs: list[Program], facts: str, before: Path, after: Path
    ) -> tuple[Any, ...]:
        """Write the project, and what the tool makes of it."""
        for folder in (before, after):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        files = {"library": LIBRARY, **{k: v for item in programs for k, v in item.modules.items()}}
        files["db"] = (
            f"from sqlalchemy.orm import sessionmaker\n\nSessionLocal = sessionmaker({facts})\n"
        )
        for name, text in files.items():
            (before / f"{name}.py").write_text(text, "utf-8")
            (after / f"{name}.py").write_text(text, "utf-8")
        (before / "pyproject.toml").write_text(SETTINGS, "utf-8")
        changes = codemods.diff([before], root=before, review=self.review)
        assert not changes.failures, changes.failures
        for change in changes.files:
            (after / change.path.relative_to(before)).write_bytes(change.after)
        return changes.applied

    def run(self, folder: Path, item: Program, facts: str, size: tuple[int, int]) -> Outcome:
        engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        library.Base.metadata.create_all(engine)
        with Session(engine) as session:
            library.seed(session, *size)
            session.commit()
        self.selects.clear()
        event.listen(engine, "before_cursor_execute", self._sent)
        result, exception = None, None
        with imported(folder, item), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            main = importlib.import_module(f"{item.name}_main")
            session = sessionmaker(engine, **FACTS[facts])()
            try:
                result = freeze(main.main(session))
                selects = tuple(self.selects)
                session.commit()
            except Exception as error:
                known = isinstance(error, sa.exc.SQLAlchemyError)
                exception = type(error).__name__ if known else repr(error)
                selects = tuple(self.selects)
                session.rollback()
            session.close()
        with engine.connect() as connection:
            state = {
                table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
                for table in library.Base.metadata.sorted_tables
            }
        engine.dispose()
        return Outcome(result, exception, state, selects)

    def _sent(self, connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.startswith("SELECT"):
            self.selects.append(statement)


def difference(one: Outcome, two: Outcome, fixes: int) -> str | None:
    """The aspect in which two runs differ."""
    for aspect in ("exception", "result", "state"):
        if getattr(one, aspect) != getattr(two, aspect):
            return aspect
    if len(two.selects) > len(one.selects) + fixes:
        return "statements"
    return None


def _comparable(fix: Any) -> bool:
    doubts = [c for c in fix.fix.preconditions if c.status is not Status.PROVEN]
    return all(c.name in ABOUT_COST for c in doubts)


def _described(fix: Any) -> str:
    doubts = [c.name for c in fix.fix.preconditions if c.status is not Status.PROVEN]
    return f"{fix.name}: {fix.fix.title} {', '.join(doubts)}"


@contextmanager
def imported(folder: Path, item: Program) -> Iterator[None]:
    """Modules of this side alone; the models are the same for both."""
    names = [*item.modules, "library"]
    kept: dict[str, ModuleType | None] = {name: sys.modules.get(name) for name in names}
    for name in item.modules:
        sys.modules.pop(name, None)
    sys.modules["library"] = library
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = written
        sys.path.remove(str(folder))
        for name, module in kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


def search(
    first: int,
    seconds: float,
    batches: int | None = None,
    review: bool = False,
    show: Callable[[Failure], None] | None = None,
) -> tuple[list[Failure], int, int]:
    """Failures, and how many programs were made and rewritten, until the time is over."""
    laboratory = Laboratory(review)
    end = time.monotonic() + seconds
    found: list[Failure] = []
    programs = changed = 0
    number = first
    try:
        while time.monotonic() < end and (batches is None or number < first + batches):
            rng = random.Random(number)
            number += 1
            made = [program(rng, f"p{i}") for i in range(BATCH)]
            programs += BATCH
            try:
                failures = list(laboratory.failures(made, rng.choice(["", "", *FACTS])))
            except Exception:
                print(f"seed {number - 1}")
                traceback.print_exc()
                if show is None:
                    raise
                continue
            changed += laboratory.changed
            found += failures
            for failure in failures:
                if show:
                    print(f"seed {number - 1}")
                    show(failure)
    finally:
        laboratory.close()
    return found, programs, changed


def report(failure: Failure) -> None:
    """Print a failure so that it can be understood."""
    one, two = failure.outcomes
    print("=" * 90)
    print(f"{failure.what} differs; sessions {failure.facts or 'default'}, size {failure.size}")
    print(failure.program.text)
    print("--- fixes:", *failure.fixes, sep="\n")
    old = failure.program.text.splitlines()
    print(*(line for line in failure.after.splitlines() if line not in old), sep="\n")
    print("---", one.exception, "|", two.exception, "|", len(one.selects), len(two.selects))
    if failure.what == "result":
        print(one.result, two.result, sep="\n")
    if failure.what == "statements":
        print(*one.selects, "---", *two.selects, sep="\n")
    print(flush=True)


if __name__ == "__main__":
    start = int(sys.argv[1]) if len(sys.argv) > 1 else int(time.time())
    lasting = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    failed, total, rewritten_ = search(start, lasting, review="review" in sys.argv, show=report)
    print(f"{total} programs, {rewritten_} rewritten, {len(failed)} failures")
