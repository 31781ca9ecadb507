"""Relationships that are read by names which the code goes through one by one."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from codemods import check
from codemods.finding import Applicability

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String, inspect
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    team_id = Column(ForeignKey("teams.id"))
    home_id = Column(ForeignKey("teams.id"))
    team = relationship(Team, foreign_keys=[team_id])
    home = relationship(Team, foreign_keys=[home_id])


NAMES = ("name", "team")
LIST = ["name", "team"]
"""
SAFE, REVIEW = Applicability.SAFE, Applicability.REVIEW


def found(folder: Path, body: str) -> dict[str, Applicability | None]:
    """The relationships that are found, each with what its fix is."""
    loop = "def show(session: Session, wanted):\n    for user in session.query(User):\n"
    code = MODELS + "\n\n" + loop + textwrap.indent(textwrap.dedent(body).strip(), " " * 8) + "\n"
    (folder / "pyproject.toml").write_text("[tool.minusn]\nsqlalchemy = '>=2.0'\n")
    (folder / "main.py").write_text(code)
    report = check([folder / "main.py"], root=folder, select=("eager-load",))
    return {
        finding.message.split()[0].removeprefix("User."): (
            finding.fix.applicability if finding.fix is not None else None
        )
        for finding in report.problems
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('for name in ("name", "team"):\n    print(getattr(user, name))', {"team": SAFE}),
        ('for name in ["team", "home"]:\n    print(getattr(user, name))', {"team": SAFE, "home": SAFE}),
        ("print([getattr(user, name) for name in NAMES])", {"team": SAFE}),
        ("print([getattr(user, name, None) for name in LIST])", {"team": REVIEW}),
        ('for name in NAMES:\n    if name == "name":\n        print(getattr(user, name))', {}),
        ('for name in NAMES:\n    if name != "name":\n        print(getattr(user, name))', {"team": REVIEW}),
        ('print({n: getattr(user, n) for n in NAMES if n not in ("team",)})', {}),
        ('print({n: getattr(user, n) for n in NAMES if n.startswith("te")})', {"team": REVIEW}),
        ("print({n: getattr(user, n) for n in NAMES if hasattr(user, n)})", {"team": REVIEW}),
        ("print({n: getattr(user, n) for n in NAMES if n in wanted})", {}),
        ("print({n: getattr(user, n) for n in NAMES if wanted})", {"team": REVIEW}),
        ("print({n: getattr(user, n) for n in NAMES if wanted or n in wanted})", {"team": REVIEW}),
        ("print({n: getattr(user, n) for n in NAMES if wanted and n in wanted})", {}),
        ("print({n: getattr(user, n) for n in NAMES if not (wanted or n in wanted)})", {}),
        ("print([getattr(user, name) for name in NAMES[:1]])", {}),
        ("print(getattr(user, NAMES[-1]), getattr(user, wanted))", {}),
        ("print([getattr(user, r.key) for r in inspect(User).relationships])",
         {"team": SAFE, "home": SAFE}),
        ("print([getattr(user, n) for n in User.__mapper__.relationships.keys() if n != 'home'])",
         {"team": REVIEW}),
        ("print([getattr(user, n) for n, r in user.__mapper__.relationships.items()])",
         {"team": SAFE, "home": SAFE}),
        ("print([getattr(user, n) for n, r in inspect(User).relationships.items() if r.uselist])", {}),
        ("print([getattr(user, r.key) for r in inspect(user).mapper.attrs if r.key in ('team',)])",
         {"team": REVIEW}),
        ("print([getattr(user, c.key) for c in inspect(type(user)).column_attrs])", {}),
    ],
)  # fmt: skip
def test_names_one_by_one(
    tmp_path: Path, body: str, expected: dict[str, Applicability | None]
) -> None:
    assert found(tmp_path, body) == expected


def test_what_is_negative_is_no_other_number(tmp_path: Path) -> None:
    """`("name", "name", "team")[-1]` is the last one, and `[-2]` the second."""
    three = '("name", "name", "team")'
    assert found(tmp_path, f"print(getattr(user, {three}[-1]))") == {"team": SAFE}
    assert found(tmp_path, f"print(getattr(user, {three}[-2]))") == {}
