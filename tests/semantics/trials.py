"""The tool on the programs in `traps/`: what it makes of them, and whether that does the same.

Each trap is given to the tool in two projects. In `bare` nothing is known of databases, versions
or sessions. In `known` the project names SQLAlchemy's version and the databases that the trap runs
on, and makes its sessions with the trap's options.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from codemods import engine
from codemods.finding import Applicability, Status
from codemods.source import SourceFile

HERE = Path(__file__).parent
TRAPS = HERE / "traps"
OUTCOMES = HERE / "outcomes.toml"

Setting = Literal["bare", "known"]
SETTINGS: tuple[Setting, ...] = ("bare", "known")

# Those that the tool has rules for.
CODEMODS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})

# Whose verdicts are about the rules of one family: another rule may have a fix that is right.
FAMILIES = {1: "MN1", 2: "MN2"}

_CUT = ("TRAP", "naive", "correct")


def _run_traps() -> Any:
    spec = importlib.util.spec_from_file_location("run_traps", TRAPS / "run_traps.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_traps"] = module
    spec.loader.exec_module(module)
    return module


run_traps = _run_traps()


@dataclass(frozen=True)
class Trap:
    """One program of `traps/`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def facts(self) -> dict[str, Any]:
        """Its `TRAP`, read without importing it."""
        for node in ast.parse(self.path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and _name(node) == "TRAP":
                return dict(ast.literal_eval(node.value))
        raise AssertionError(f"no TRAP in {self.name}")

    @property
    def verdict(self) -> str:
        return str(self.facts["verdict"])

    @property
    def codemod(self) -> int:
        return int(self.facts["codemod"])

    def code(self) -> str:
        """The program as a project has it, without what says where the trap is."""
        source = SourceFile(self.path, self.path.read_bytes())
        text, end = "", 0
        for node in ast.parse(source.text).body:
            if _name(node) in _CUT or isinstance(node, ast.If):
                assert node.end_lineno
                decorators = getattr(node, "decorator_list", [])
                first = min([node.lineno, *(item.lineno for item in decorators)])
                text += source.text[end : source.line_start(first)]
                end = _next_line(source, node.end_lineno)
        return text + source.text[end:]


@dataclass(frozen=True)
class Trial:
    """What the tool makes of one trap in one setting.

    Attributes:
        outcome: `safe`, `review` or `none`: the best that it offers.
        stopped: the preconditions of its findings that are not proven, or why there are none.
        rules: the codes of the rules that have a safe fix.
        safe: the program after the safe fixes.
        reviewed: the program after all fixes.
    """

    trap: Trap
    outcome: str
    stopped: tuple[str, ...]
    rules: frozenset[str]
    before: str
    safe: str
    reviewed: str

    @property
    def is_safe_by_its_codemod(self) -> bool:
        """Whether the codemod that the trap is about rewrites it without a person's consent."""
        family = FAMILIES.get(self.trap.codemod, "MN")
        return self.safe != self.before and any(code.startswith(family) for code in self.rules)


def traps() -> list[Trap]:
    """Every trap, in the order of their numbers."""
    paths = TRAPS.glob("c*_*.py")
    return [Trap(path) for path in sorted(paths, key=lambda path: run_traps.in_order(str(path)))]


def trial(trap: Trap, setting: Setting, folder: Path) -> Trial:
    """Give `trap` to the tool in an empty `folder`."""
    code = trap.code()
    _project(trap, setting, folder, code)
    path = folder / "program.py"
    report = engine.check([path], root=folder)
    assert not report.trouble, f"{trap.name}: {report.failures or report.skipped}"
    texts = {}
    for review in (False, True):
        changes = engine.diff([path], root=folder, review=review)
        assert not changes.trouble, f"{trap.name}: {changes.failures}"
        texts[review] = next((change.after.decode() for change in changes.files), code)
    outcome = "none"
    if texts[True] != code:
        outcome = "safe" if texts[False] == texts[True] else "review"
    stopped = {
        condition.name
        for finding in report.problems
        for condition in (finding.fix.preconditions if finding.fix else finding.preconditions)
        if condition.status is not Status.PROVEN
    }
    if not report.problems:
        stopped.add("not found")
    display = [f for f in report.problems if f.applicability is Applicability.DISPLAY]
    if display:
        stopped.add("display only")
    safe = [f.code for f in report.problems if f.applicability is Applicability.SAFE]
    rules = frozenset(safe)
    return Trial(trap, outcome, tuple(sorted(stopped)), rules, code, texts[False], texts[True])


def _project(trap: Trap, setting: Setting, folder: Path, code: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "program.py").write_text(code, "utf-8")
    settings = ["[tool.minusn]"]
    if setting == "known":
        requires = trap.facts.get("requires", {})
        first = ".".join(str(part) for part in requires.get("sqlalchemy", (1, 4)))
        backend = requires.get("backend")
        named = [backend] if backend else ["postgresql", "sqlite"]
        settings += [f'sqlalchemy = ">={first},<2.2"', f"database = {named}".replace("'", '"')]
        options = run_traps.session_options(trap.facts)
        lines = ["from sqlalchemy.orm import sessionmaker", ""]
        if "AsyncSession" in code:
            lines.insert(0, "from sqlalchemy.ext.asyncio import AsyncSession")
            options = {"class_": "AsyncSession", **options}
        arguments = ", ".join(f"{key}={value}" for key, value in options.items())
        lines.append(f"SessionLocal = sessionmaker({arguments})\n")
        (folder / "sessions.py").write_text("\n".join(lines))
    (folder / "pyproject.toml").write_text("\n".join(settings) + "\n")


def recorded() -> dict[str, dict[str, str]]:
    """What `outcomes.toml` says of each setting: the outcome by the trap's name."""
    if not OUTCOMES.exists():
        return {setting: {} for setting in SETTINGS}
    return tomllib.loads(OUTCOMES.read_text("utf-8"))


def record(trials: dict[Setting, list[Trial]]) -> None:
    """Write `outcomes.toml`."""
    lines = ["# Written by `pytest --bless`: what the tool does with each trap of its codemods."]
    for setting, items in trials.items():
        lines += ["", f"[{setting}]"]
        lines += [
            f'{item.trap.name} = "{described(item)}"'
            for item in items
            if item.trap.codemod in CODEMODS
        ]
    OUTCOMES.write_text("\n".join(lines) + "\n", "utf-8")


def described(item: Trial) -> str:
    """One trial as `outcomes.toml` has it: the outcome, and what stopped a better one."""
    return ": ".join(filter(None, (item.outcome, ", ".join(item.stopped))))


@contextmanager
def on(url: str) -> Iterator[None]:
    """Let `run_traps` run on the database at `url`, in a schema of this process."""
    kept = run_traps.URL, run_traps.BACKEND, run_traps.SCHEMA
    backend = run_traps.sa.engine.make_url(url).get_backend_name()
    if backend == "postgresql":
        url = url.replace("postgresql:", "postgresql+psycopg:", 1)
    run_traps.URL, run_traps.BACKEND = url, backend
    run_traps.SCHEMA = f"traps_{os.getpid()}"
    try:
        yield
    finally:
        run_traps.URL, run_traps.BACKEND, run_traps.SCHEMA = kept


def why_skipped(trap: Trap) -> str | None:
    """Why the trap does not run on the database of `on`, or None."""
    reason: str | None = run_traps.why_skipped(trap.facts)
    if not reason and run_traps.BACKEND == "postgresql" and "-x-icu" in trap.code():
        return None if _has_icu(run_traps.URL) else "needs PostgreSQL with ICU"
    return reason


@cache
def _has_icu(url: str) -> bool:
    engine = run_traps.sa.create_engine(url)
    with engine.connect() as connection:
        query = "SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'"
        found = connection.execute(run_traps.sa.text(query)).scalar()
    engine.dispose()
    return bool(found)


def compare(trap: Trap, code: str, folder: Path) -> tuple[int, int]:
    """Run the trap's `before` and that of the rewritten `code` with every input.

    Returns:
        How many statements each sent in all.

    Raises:
        AssertionError: if result, exception, state or effects differ.
    """
    original = _loaded(trap, trap.path.read_text("utf-8"), folder / "original")
    rewritten = _loaded(trap, code, folder / "rewritten")
    before_total = after_total = 0
    for args in original.inputs:
        before = run_traps.run_variant(original, original.before, args)
        after = run_traps.run_variant(rewritten, rewritten.before, args)
        wrong = run_traps.differences(before, after)
        assert not wrong, (
            f"{trap.name}: {wrong} differ for {args!r}\n  before {before.short()}\n"
            f"  after  {after.short()}\n{code}"
        )
        before_total += len(before.statements)
        after_total += len(after.statements)
    return before_total, after_total


def _loaded(trap: Trap, code: str, folder: Path) -> ModuleType:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{trap.name}.py"
    path.write_text(code, "utf-8")
    module: ModuleType = run_traps.load(str(path))
    vars(module)["TRAP"] = trap.facts
    return module


def _name(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Assign):
        return getattr(node.targets[0], "id", None)
    return getattr(node, "name", None)


def _next_line(source: SourceFile, row: int) -> int:
    return source.line_start(row + 1) if row < source.rows else len(source.text)
