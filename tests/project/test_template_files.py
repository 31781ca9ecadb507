"""Which file a template's name means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.facts.templates import ParsedTemplate, TemplateProblem
from codemods.project.template_files import TemplateFiles
from codemods.settings import Settings


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    def write(*names: str) -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{{ a.author }}")
        return tmp_path

    return write


def test_below_a_templates_folder(project: Callable[..., Path]) -> None:
    root = project("app/templates/books/list.html", "app/static/books/list.html", "app/x.py")
    files = TemplateFiles(root, Settings())
    assert files.find("books/list.html") == root / "app/templates/books/list.html"
    assert files.find("list.html") == root / "app/templates/books/list.html"
    assert files.find("ooks/list.html") is None
    assert files.paths == (root / "app/templates/books/list.html",)


def test_a_whole_path_comes_before_a_part_of_one(project: Callable[..., Path]) -> None:
    root = project("templates/index.html", "templates/admin/index.html")
    assert TemplateFiles(root, Settings()).find("index.html") == root / "templates/index.html"


def test_two_candidates_are_none(project: Callable[..., Path]) -> None:
    root = project("a/templates/x.html", "b/templates/x.html", "c/templates/p/y.html")
    files = TemplateFiles(root, Settings())
    assert files.find("x.html") is None
    a, b = root / "a/templates", root / "b/templates"
    assert files.find("x.html", [(b,), (a,)]) == b / "x.html"
    assert files.find("x.html", [(b, a)]) is None
    assert files.find("x.html", [(root / "c/templates",)]) is None
    assert files.find("p/y.html", [(a, root / "c")]) == root / "c/templates/p/y.html"
    assert files.find("templates/x.html", [(root / "a",)]) == a / "x.html"


def test_folders_of_another_name(project: Callable[..., Path]) -> None:
    root = project("views/x.html", "pages/templates/x/templates/y.html")
    assert TemplateFiles(root, Settings()).find("x.html") is None
    files = TemplateFiles(root, Settings(), [root / "views"])
    assert files.find("x.html") == root / "views/x.html"
    assert files.find("y.html") == root / "pages/templates/x/templates/y.html"


@pytest.mark.parametrize("name", ["", "/", "..", "../x.html", "a/../x.html", ".", "templates"])
def test_names_that_mean_nothing(project: Callable[..., Path], name: str) -> None:
    root = project("templates/x.html", "templates/a/x.html")
    assert TemplateFiles(root, Settings()).find(name) is None


def test_what_is_left_out(project: Callable[..., Path]) -> None:
    root = project(
        "templates/x.html", "templates/a.py", "templates/b.png", "node_modules/p/templates/c.html",
        ".venv/templates/d.html", "old/templates/e.html", "made/templates/f.html",
    )  # fmt: skip
    (root / ".gitignore").write_text("made/\n")
    files = TemplateFiles(root, Settings(exclude=("old",)))
    assert files.paths == (root / "templates/x.html",)


def test_buffers(project: Callable[..., Path]) -> None:
    root = project("templates/x.html")
    overlay = {
        root / "templates/x.html": b"{{ a.other }}",
        root / "templates/new.html": b"{% for %}",
        root / "old/templates/e.html": b"",
        root / ".venv/templates/e.html": b"",
        root.parent / "templates/e.html": b"",
    }
    files = TemplateFiles(root, Settings(exclude=("old",)), overlay=overlay)
    assert files.paths == (root / "templates/new.html", root / "templates/x.html")
    facts = files.facts(root / "templates/x.html")
    assert facts is not None and facts.attributes == {"other"}
    assert isinstance(files.parsed(root / "templates/x.html"), ParsedTemplate)
    assert isinstance(files.parsed(root / "templates/new.html"), TemplateProblem)


def test_nothing_is_read_before_a_name_is_asked_for(tmp_path: Path) -> None:
    files = TemplateFiles(tmp_path, Settings())
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/x.html").write_text("")
    assert files.find("x.html") == tmp_path / "templates/x.html"


def test_a_file_that_is_gone(project: Callable[..., Path]) -> None:
    root = project("templates/x.html")
    files = TemplateFiles(root, Settings())
    path = files.find("x.html")
    assert path is not None
    path.unlink()
    assert files.parsed(path) is None
    assert files.facts(path) is None
