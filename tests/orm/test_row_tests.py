"""Conditions on rows: what SQL is made of them, and that it holds for the same rows."""

from __future__ import annotations

import datetime
import importlib.util
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from codemods import engine
from codemods.finding import Status

MODELS = """
import enum
from datetime import date

from sqlalchemy import Boolean, Column, Date, Enum, Integer, String, select
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker()
DAY = date(2024, 1, 2)


class Kind(enum.Enum):
    A = 1
    B = 2


class Row(Base):
    __tablename__ = "rows"

    id = Column(Integer, primary_key=True)
    n = Column(Integer)
    m = Column(Integer, nullable=False)
    s = Column(String(5))
    r = Column(String(5), nullable=False)
    f = Column(Boolean)
    g = Column(Boolean, nullable=False)
    d = Column(Date)
    e = Column(Date, nullable=False)
    k = Column(Enum(Kind))
    q = Column(Enum(Kind), nullable=False)
"""
RULES = ("aggregate-in-database", "filter-in-database")


def project(folder: Path, code: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    settings = 'sqlalchemy = ">=1.4,<2.2"\ndatabase = ["sqlite", "postgresql"]\n'
    (folder / "pyproject.toml").write_text(f"[tool.minusn]\n{settings}")
    path = folder / "program.py"
    path.write_text(MODELS.lstrip() + code)
    return path


def rewritten(folder: Path, code: str) -> str:
    path = project(folder, code)
    changes = engine.diff([path], root=folder, select=RULES, review=True)
    assert not changes.trouble, changes.failures
    return changes.files[0].after.decode() if changes.files else path.read_text()


KEEPS = "\n\ndef kept(session: Session):\n    return [x for x in session.query(Row).order_by(Row.id) if {}]\n"


@pytest.mark.parametrize(
    ("test", "condition"),
    [
        ("x.m == 1", "Row.m == 1"),
        ("2 > x.m", "Row.m < 2"),
        ("x.n != 1", "or_(Row.n.is_(None), Row.n != 1)"),
        ("x.m != 1", "Row.m != 1"),
        ("not x.f", "or_(Row.f.is_(None), Row.f.is_(False))"),
        ("x.g", "Row.g.is_(True)"),
        ("x.n", "Row.n != 0"),
        ("x.s", 'Row.s != ""'),
        ("not x.d", "Row.d.is_(None)"),
        ("x.n is None or x.n > 3", "or_(Row.n.is_(None), Row.n > 3)"),
        ("x.n is not None and x.n > 3", "Row.n.isnot(None), Row.n > 3"),
        ("not (x.g or x.m <= 3)", "Row.g.is_(False), Row.m > 3"),
        ("x.k in (Kind.A, Kind.B)", "Row.k.in_((Kind.A, Kind.B))"),
        ("x.k not in (Kind.A,)", "or_(Row.k.is_(None), Row.k.notin_((Kind.A,)))"),
        ("x.n == None", "Row.n.is_(None)"),
    ],
)
def test_condition(tmp_path: Path, test: str, condition: str) -> None:
    after = rewritten(tmp_path, KEEPS.format(test))
    assert f".filter({condition})" in " ".join(after.split()).replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize(
    "test",
    ["x.n > 3", "not (x.n > 3)", "x.r < 'b'", "x.m == '1'", "x.m == x.n", "x.k in (Kind.A, None)",
     "x.q", "abs(x.m) > 2", "1 < x.m < 3", "x.metadata", "x.d == 5"],
)  # fmt: skip
def test_no_condition(tmp_path: Path, test: str) -> None:
    path = project(tmp_path, KEEPS.format(test))
    report = engine.check([path], root=tmp_path, select=RULES)
    (finding,) = report.problems
    assert finding.fix is None
    refuted = [p.name for p in finding.preconditions if p.status is Status.REFUTED]
    assert refuted == ["same-value"]


# -- the same rows, for conditions and data that nobody has thought of ---------------------------

VALUES = {
    "n": [None, 0, 1, 2], "m": [0, 1, 2], "s": [None, "", "a", "A"], "r": ["", "a", "b"],
    "f": [None, True, False], "g": [True, False], "d": [None, datetime.date(2024, 1, 2)],
    "e": [datetime.date(2024, 1, 2), datetime.date(2024, 1, 9)], "k": [None, "A", "B"],
    "q": ["A", "B"],
}  # fmt: skip


def literal(column: str, chance: random.Random) -> str:
    value = chance.choice([value for value in VALUES[column] if value is not None])
    if column in "kq":
        return f"Kind.{value}"
    return "DAY" if column in "de" else repr(value)


def atom(chance: random.Random) -> str:
    column = chance.choice(list(VALUES))
    value = literal(column, chance)
    forms = ["{x}", "{x} is None", "{x} is not None", "{x} == {v}", "{x} != {v}", "{x} in ({v},)"]
    forms += ["{x} not in [{v}]", "{x} < {v}", "{v} <= {x}", "{x} >= {v}"]
    return chance.choice(forms).format(x=f"x.{column}", v=value)


def condition(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth > 2 or kind < 0.4:
        return atom(chance)
    if kind < 0.55:
        return f"not ({condition(chance, depth + 1)})"
    word = "and" if kind < 0.8 else "or"
    return f"({condition(chance, depth + 1)} {word} {condition(chance, depth + 1)})"


def functions(chance: random.Random) -> str:
    text = ""
    for number in range(40):
        test, source = condition(chance), "session.query(Row).order_by(Row.id)"
        if chance.random() < 0.5:
            source = "session.scalars(select(Row).order_by(Row.id))"
        made = [
            f"[x.id for x in {source} if {test}]",
            f"any({test} for x in {source})",
            f"all({test} for x in {source})",
            f"sum({chance.choice(['x.m', 'x.n or 0'])} for x in {source} if {test})",
            f"max((x.{chance.choice('me')} for x in {source} if {test}), default=None)",
            f"min(x.{chance.choice('nmed')} for x in {source} if {test})",
            f"{{x.{chance.choice('nmsrfgdekq')} for x in {source} if {test}}}",
        ][number % 7]
        text += f"\n\ndef f{number}(session: Session):\n    found = {made}\n    return found\n"
    return text


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(module: Any, size: int, chance: random.Random) -> list[str]:
    """What each function gives, or raises, on `size` rows."""
    engine_ = sa.create_engine("sqlite://", poolclass=StaticPool, future=True)
    module.Base.metadata.create_all(engine_)
    found = []
    with Session(engine_, future=True) as session:
        for _ in range(size):
            values = {name: chance.choice(values) for name, values in VALUES.items()}
            for name in "kq":
                values[name] = module.Kind[values[name]] if values[name] else None
            session.add(module.Row(**values))
            session.flush()
        for number in range(40):
            session.expunge_all()
            try:
                value = getattr(module, f"f{number}")(session)
                ordered = sorted(map(repr, value)) if isinstance(value, set) else value
                found.append(repr(ordered))
            except (TypeError, ValueError) as error:
                found.append(f"{type(error).__name__}: {error}")
    engine_.dispose()
    return found


@pytest.mark.parametrize("seed", range(4))
def test_same_rows(tmp_path: Path, seed: int) -> None:
    code = functions(random.Random(seed))
    after = tmp_path / "after.py"
    after.write_text(rewritten(tmp_path / "project", code))
    before = loaded(tmp_path / "project" / "program.py")
    changed = loaded(after)
    assert after.read_text().count("filter(") + after.read_text().count("where(") > 15
    for size in (0, 1, 12):
        one = answers(before, size, random.Random(size))
        other = answers(changed, size, random.Random(size))
        assert one == other
