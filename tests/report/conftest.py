"""What the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest
from handmade import Project

from codemods.finding import Precondition, Status


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


@pytest.fixture
def unknown(project: Project) -> Precondition:
    place = project.place(project.views, "result.append")
    return Precondition("no-unknown-calls", Status.UNKNOWN, "append may do anything", place)


@pytest.fixture
def refuted(project: Project) -> Precondition:
    place = project.place(project.repository, ".all()")
    return Precondition("stays-loaded", Status.REFUTED, "the session commits here", place)
