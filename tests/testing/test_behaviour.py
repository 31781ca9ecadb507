"""The checks of a golden case fail where they have to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codemods import testing
from codemods.testing import Case, Server

MODELS = '''"""Notes of people."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class Person(Base):
    __tablename__ = "people"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    stars = Column(Integer)
    person_id = Column(ForeignKey("people.id"))
    person = relationship(Person)


'''

BEFORE = """def work(session):
    result = []
    for note in session.query(Note).order_by(Note.id).all():
        result.append((note.id, note.person.name))
        note.stars = 1
    return result
"""

AFTER = BEFORE.replace(
    "query(Note).order_by", "query(Note).options(selectinload(Note.person)).order_by"
)

SCENARIO = """def seed(module, session, n):
    session.add_all(module.Person(name="p%d" % i) for i in range(n))
    session.flush()
    session.add_all(module.Note(person_id=i + 1) for i in range(n))


def scenario(module, session):
    return module.work(session)


def sizes(session):
    count = session.connection().exec_driver_sql("SELECT count(*) FROM notes").scalar()
    return {"notes": count, "people": count}
"""


def case(folder: Path, after: str, scenario: str = SCENARIO, before: str = BEFORE) -> Case:
    made = folder / "eager_load" / "one"
    made.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.minusn]\n")
    (made / "before.py").write_text(MODELS + before)
    (made / "after.py").write_text(MODELS + after)
    (made / "scenario.py").write_text(scenario)
    return Case(made)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Server]:
    server = Server("sqlite://", tmp_path, "t")
    yield server
    server.close()


def verify(made: Case, server: Server, folder: Path) -> None:
    report = testing.check_case(made, folder / "project")
    testing.check_behaviour(made, testing.run_all(made, server), report)


def test_what_is_right_passes(sqlite: Server, tmp_path: Path) -> None:
    made = case(tmp_path / "cases", AFTER)
    runs = testing.run_all(made, sqlite)
    assert [(run.n, run.before.queries, run.after.queries) for run in runs] == [
        (0, 1, 1),
        (1, 2, 2),
        (10, 11, 2),
        (100, 101, 2),
    ]
    assert [run.before.writes for run in runs] == [0, 1, 10, 100]
    assert len(runs[2].before.rows) == 10
    assert {kind for kind, _, _ in runs[2].before.rows} == {"update"}
    testing.check_behaviour(made, runs, testing.check_case(made, tmp_path / "project"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("note.person.name)", "note.person.name + '!')", "result differs"),
        ("(note.id, note.person.name)", "[note.id, note.person.name]", "result differs"),
        ("note.stars = 1", "note.stars = 2", "state differs"),
        ("note.stars = 1", "note.stars = None", "rows differs"),
        ("return result", "raise KeyError(len(result))", "exception differs"),
        ("result = []", "result = []\n    session.query(Person).first()", "3 statements became 4"),
        (".options(selectinload(Note.person))", "", "nothing is saved"),
    ],
)
def test_what_is_wrong_fails(
    old: str, new: str, message: str, sqlite: Server, tmp_path: Path
) -> None:
    made = case(tmp_path / "cases", AFTER.replace(old, new))
    with pytest.raises(AssertionError, match=message):
        verify(made, sqlite, tmp_path)


def test_formulas_are_held_to_the_counts(sqlite: Server, tmp_path: Path) -> None:
    wrong = SCENARIO.replace('"people": count', '"people": 2 * count')
    made = case(tmp_path / "cases", AFTER, wrong)
    with pytest.raises(AssertionError, match="the formulas give"):
        verify(made, sqlite, tmp_path)


def test_totals_of_a_scenario_are_held_to_the_counts(sqlite: Server, tmp_path: Path) -> None:
    total = SCENARIO + "\n\ndef statements(sizes):\n    return 1 + sizes['notes'], 3\n"
    made = case(tmp_path / "cases", AFTER, total)
    with pytest.raises(AssertionError, match=r"\(1, 1\) statements were counted"):
        verify(made, sqlite, tmp_path)


def test_a_mapped_object_is_no_result(sqlite: Server, tmp_path: Path) -> None:
    returned = "def work(session):\n    return session.query(Note).first()\n"
    made = case(tmp_path / "cases", returned, before=returned)
    with pytest.raises(AssertionError, match="mapped object"):
        testing.run_all(made, sqlite, ns=[1])


def test_databases_are_restored(server: Server, tmp_path: Path) -> None:
    """A run that writes leaves nothing behind for the next one."""
    removed = "def work(session):\n    return session.query(Note).delete()\n"
    made = case(tmp_path / "cases", removed, before=removed)
    (run,) = testing.run_all(made, server, ns=[3])
    assert run.before.result == run.after.result == ("int", "3")
    assert run.before.state["notes"] == []
    assert run.sizes == {"notes": 3, "people": 3}
