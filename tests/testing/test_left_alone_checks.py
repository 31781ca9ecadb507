"""Markers are held to what is found, and what is found to markers."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import testing
from codemods.testing import LeftAlone

MODELS = """from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Person(Base):
    __tablename__ = "people"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("people.id"))
    person = relationship(Person)


"""

LOOP = """def work(session):
    for note in session.query(Note).all():
        print(note.person.name){marker}
{more}"""


def file(folder: Path, marker: str, more: str = "") -> LeftAlone:
    path = folder / "eager_load" / "left_alone" / "reason.py"
    path.parent.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.minusn]\n")
    path.write_text(MODELS + LOOP.format(marker=marker, more=more))
    (made,) = testing.left_alone(folder)
    assert made.rule == "eager-load"
    return made


COMMIT = "        session.commit()\n"


def test_found_without_a_fix(tmp_path: Path) -> None:
    made = file(tmp_path / "cases", "  # found: eager-load", COMMIT)
    testing.check_left_alone(made, tmp_path / "project")


def test_a_finding_needs_a_marker(tmp_path: Path) -> None:
    made = file(tmp_path / "cases", "", COMMIT)
    with pytest.raises(AssertionError, match="'found'\\)] without a marker"):
        testing.check_left_alone(made, tmp_path / "project")


@pytest.mark.parametrize("kind", ["found", "review"])
def test_a_safe_fix_fails_whatever_the_marker_says(kind: str, tmp_path: Path) -> None:
    made = file(tmp_path / "cases", f"  # {kind}: eager-load")
    with pytest.raises(AssertionError, match="without a marker"):
        testing.check_left_alone(made, tmp_path / "project")


def test_a_marker_needs_a_finding(tmp_path: Path) -> None:
    more = COMMIT + "    return 1  # found: eager-load\n"
    made = file(tmp_path / "cases", "  # found: eager-load", more)
    with pytest.raises(AssertionError, match="not found: "):
        testing.check_left_alone(made, tmp_path / "project")


def test_the_precondition_is_checked(tmp_path: Path) -> None:
    made = file(tmp_path / "cases", "  # found: eager-load (no-such-condition)", COMMIT)
    with pytest.raises(AssertionError, match="not by no-such-condition"):
        testing.check_left_alone(made, tmp_path / "project")


def test_settings_of_one_file(tmp_path: Path) -> None:
    made = file(tmp_path / "cases", "", COMMIT)
    made.path.write_text('# pyproject: ignore = ["eager-load"]\n' + made.path.read_text())
    testing.check_left_alone(made, tmp_path / "project")
