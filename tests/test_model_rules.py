"""Rules over models: what they know of a project, and what of it is reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codemods import engine
from codemods.lsp.buffers import Buffer
from codemods.lsp.project import Project
from codemods.results import Report

CASES = Path(__file__).parent.parent / "before_after"

MODELS = """
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20)){mark}
    place = Column(String(20))
"""
BY_KIND = """
from models import Event


def of_kind(session, kind):
    return session.query(Event).filter(Event.kind == kind).all(){mark}
"""
BY_PLACE = """
from models import Event


def at(session, place):
    return session.query(Event).filter(Event.place == place).all()
"""


BY_BOTH = """
from models import Event


def of_kind_at(session, kind, place):
    return session.query(Event).filter(Event.kind == kind, Event.place == place).all()
"""


def project(root: Path, *, model: str = "", query: str = "") -> Path:
    (root / "pyproject.toml").write_text('[tool.minusn]\nselect = ["add-index"]\n')
    (root / "models.py").write_text(MODELS.replace("{mark}", model))
    (root / "by_kind.py").write_text(BY_KIND.replace("{mark}", query))
    (root / "by_place.py").write_text(BY_PLACE)
    (root / "tests").mkdir()
    (root / "tests" / "test_it.py").write_text(BY_KIND.replace("{mark}", ""))
    return root


def found(report: Report) -> list[str]:
    assert not report.trouble
    return [finding.message.split()[4].strip(",") for finding in report.problems]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", ["Event.kind", "Event.place"]),
        ("models.py", ["Event.kind", "Event.place"]),
        ("by_kind.py", ["Event.kind"]),
        ("by_place.py", ["Event.place"]),
        ("tests", []),
    ],
)
def test_paths_limit_what_is_reported(tmp_path: Path, path: str, expected: list[str]) -> None:
    root = project(tmp_path)
    assert found(engine.check([root / path])) == expected


def test_a_comment_at_the_column_suppresses(tmp_path: Path) -> None:
    root = project(tmp_path, model="  # minusn: ignore[add-index]")
    assert found(engine.check([root])) == ["Event.place"]


def test_a_comment_at_one_of_the_queries_does_not(tmp_path: Path) -> None:
    root = project(tmp_path, query="  # minusn: ignore[add-index]")
    assert found(engine.check([root])) == ["Event.kind", "Event.place"]


def test_not_by_default(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "pyproject.toml").write_text("[tool.minusn]\n")
    assert found(engine.check([root])) == []


def test_files_may_ignore_it(tmp_path: Path) -> None:
    root = project(tmp_path)
    with (root / "pyproject.toml").open("a") as file:
        file.write('per-file-ignores = { "models.py" = ["MN601"] }\n')
    assert found(engine.check([root])) == []


def test_a_fix_from_the_file_with_the_query(tmp_path: Path) -> None:
    root = project(tmp_path)
    changes = engine.diff([root / "by_kind.py"], review=True)
    assert [change.path.name for change in changes.files] == ["models.py"]
    assert b"kind = Column(String(20), index=True)" in changes.files[0].after
    assert not engine.diff([root / "by_kind.py"], review=True, within=True).files


def test_in_an_editor(tmp_path: Path) -> None:
    root = project(tmp_path)
    path = root / "models.py"
    editor = Project(root)

    def state(text: str, look: bool) -> list[str]:
        buffers = {path: Buffer(path.as_uri(), path, 1, text)}
        return found(editor.state(buffers, look=look).report)

    text = path.read_text()
    assert state(text, True) == ["Event.kind", "Event.place"]
    # while somebody types, what may have changed waits; it comes back with the next look
    typed = text.replace("place = Column(String(20))", "place = Column(String(20), index=True)")
    assert state(typed, False) == []
    assert state(typed, True) == ["Event.kind"]


def test_what_runs_once_asks_for_no_index(tmp_path: Path) -> None:
    root = project(tmp_path)
    path = root / "by_kind.py"
    path.write_text('revision = "2"\ndown_revision = "1"\n' + path.read_text())
    assert found(engine.check([root])) == ["Event.place"]


def test_rows_of_tests_are_loaded_whole(tmp_path: Path) -> None:
    root = project(tmp_path)
    models = root / "models.py"
    text = models.read_text().replace("String(20)", "Text").replace("String", "Text")
    models.write_text(text + "    note = Column(Text)\n    told = Column(Text)\n")
    read = "\n\ndef kinds(session):\n    return [event.kind for event in session.query(Event)]\n"
    for path in (root / "by_kind.py", root / "tests" / "test_it.py"):
        path.write_text(path.read_text() + read)
    report = engine.check([root], select=["load-only"])
    assert [finding.place.path.name for finding in report.problems] == ["by_kind.py"]


def test_the_tables_of_the_audit(tmp_path: Path) -> None:
    """The four tables whose indexes the audit says were missing lack them, by its own services."""
    (tmp_path / "pyproject.toml").write_text("[tool.minusn]\n")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CASES / "soc", tmp_path / "soc", ignore=ignored)
    for folder in (CASES / "seeds").glob("*/before"):
        for path in folder.rglob("*.py"):
            (tmp_path / f"{folder.parent.name}_{path.name}").write_bytes(path.read_bytes())
    for path in (CASES / "seeds" / "left_alone").glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    report = engine.check([tmp_path], select=["add-index"])
    models = {
        finding.fix.index.table: finding.fix.index.columns
        for finding in report.problems
        if finding.fix is not None and finding.fix.index is not None
    }
    assert {"tests", "techniques", "audit_logs", "detection_rules"} <= models.keys()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("__table_args__: Any = ({},)", "__table_args__: Any = (INDEX, {})"),
        ("__table_args__ = (*SHARED, {})", "__table_args__ = (*SHARED, INDEX, {})"),
        ("__table_args__ = {}", "__table_args__ = (INDEX, {})"),
        ("__table_args__ = ()", "__table_args__ = (INDEX,)"),
    ],
)
def test_arguments_of_the_table_stay_as_they_are(tmp_path: Path, given: str, expected: str) -> None:
    project(tmp_path)
    models = tmp_path / "models.py"
    declared = MODELS.replace("{mark}", "").replace("    id =", f"    {given}\n    id =")
    models.write_text(f"from typing import Any\n\nSHARED = ()\n{declared}")
    (tmp_path / "by_both.py").write_text(BY_BOTH)
    changes = engine.diff([models], root=tmp_path, review=True)
    assert not changes.trouble, changes.failures
    after = changes.files[0].after.decode()
    assert expected.replace("INDEX", 'Index("ix_events_kind_place", "kind", "place")') in after
