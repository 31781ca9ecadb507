"""What is told while somebody types, without looking at all of the project again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample import MODELS, PYPROJECT

from codemods import engine
from codemods.edits import apply_edits
from codemods.facts.read import read_module
from codemods.finding import Finding
from codemods.lsp.buffers import Buffer
from codemods.lsp.project import NotMadeError, Project, State
from codemods.results import Report
from codemods.source import SourceFile
from codemods.typed import Text, Typed
from codemods.workspace import Workspace

DEMO = Path(engine.__file__).parent / "demo" / "app"

HELPERS = """\
from sqlalchemy import select

from library.models import Book


def all_books(session):
    return session.scalars(select(Book).order_by(Book.id)).all()


def label(session, book):
    text = book.title
    return text
"""

VIEWS = """\
from library.helpers import all_books, label


def shelf(session):
    lines = []
    for book in all_books(session):
        lines.append((book.author.name, label(session, book)))
    return lines


def first(session):
    for book in all_books(session):
        return book.title
"""


class Typist:
    """Somebody who types into open files of a project."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.root = root.resolve()
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.project = Project(self.root)
        self.texts: dict[Path, str] = {}

    def open(self, *names: str) -> State:
        for name in names:
            self.texts[self.root / name] = (self.root / name).read_text()
        return self.state(look=True)

    def type(self, name: str, old: str, new: str) -> State:
        path = self.root / name
        assert self.texts[path].count(old) == 1
        self.texts[path] = self.texts[path].replace(old, new)
        return self.state(look=False)

    def state(self, *, look: bool) -> State:
        buffers = {p: Buffer(p.as_uri(), p, 1, text) for p, text in self.texts.items()}
        return self.project.state(buffers, look=look)

    def checked(self) -> Report:
        """What a check of the same texts reports."""
        overlay = {path: text.encode() for path, text in self.texts.items()}
        return engine.check(list(self.texts), root=self.root, overlay=overlay)

    def after(self, finding: Finding, state: State) -> dict[str, str]:
        """The files as the finding's fix makes them."""
        assert finding.fix
        edits = self.project.edits(finding, finding.fix, state)
        return {
            path.relative_to(self.root)
            .as_posix(): apply_edits(
                state.report.source(path), [edit for edit in edits if edit.path == path]
            )
            .decode()
            for path in {edit.path for edit in edits}
        }


@pytest.fixture
def typist(tmp_path: Path) -> Typist:
    files = {"pyproject.toml": PYPROJECT, "library/__init__.py": "", "library/models.py": MODELS}
    return Typist(tmp_path, {**files, "library/helpers.py": HELPERS, "library/views.py": VIEWS})


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The functions that rules have been asked about: None stands for all of a file."""
    asked: list[object] = []
    found_in = Workspace.found_in

    def noted(self, path, selection, wanted=None):
        asked.extend([None] if wanted is None else sorted(name for name, _ in wanted))
        return found_in(self, path, selection, wanted)

    monkeypatch.setattr(Workspace, "found_in", noted)
    return asked


def told(report: Report) -> list[tuple[object, ...]]:
    return [(f.code, f.place, f.message, f.applicability, f.related) for f in report.problems]


def test_only_the_function_is_looked_at(typist: Typist, looked_at: list[object]) -> None:
    typist.open("library/views.py")
    del looked_at[:]
    state = typist.type("library/views.py", "return book.title", "return book.title.strip()")
    assert looked_at == ["first"]
    assert told(state.report) == told(typist.checked())


def test_a_finding_moves_with_its_function(typist: Typist, looked_at: list[object]) -> None:
    typist.open("library/views.py", "library/helpers.py")
    typist.type("library/helpers.py", "book.title\n", "book.title\n    text = text.strip()\n")
    state = typist.type("library/views.py", "    lines = []", "    # all of them\n    lines = []")
    [finding] = state.report.problems
    assert state.report.locations(finding.place)[0].row == 8
    assert told(state.report) == told(typist.checked())


def test_a_moved_finding_keeps_its_fix(typist: Typist, looked_at: list[object]) -> None:
    typist.open("library/views.py", "library/helpers.py")
    state = typist.type("library/helpers.py", "def all", "\n# The best.\ndef all")
    [finding] = state.report.problems
    del looked_at[:]
    after = typist.after(finding, state)
    assert looked_at == ["shelf"], "a fix is what is true by now"
    assert "# The best.\ndef all_books" in after["library/helpers.py"]
    assert "selectinload(Book.author)" in after["library/views.py"]
    del looked_at[:]
    assert typist.after(finding, state) == after
    assert not looked_at


def test_a_query_that_is_mended_elsewhere(typist: Typist) -> None:
    assert len(typist.open("library/views.py", "library/helpers.py").report.problems) == 1
    options = "select(Book).options(joinedload(Book.author))"
    typist.type(
        "library/helpers.py",
        "import select\n",
        "import select\nfrom sqlalchemy.orm import joinedload\n",
    )
    assert not typist.type("library/helpers.py", "select(Book)", options).report.problems


def test_a_fix_that_is_safe_no_more_is_refused(typist: Typist) -> None:
    [before] = typist.open("library/views.py", "library/helpers.py").report.problems
    assert before.applicability == "safe"
    state = typist.type("library/helpers.py", "text = book.title", "text = session.commit()")
    [finding] = state.report.problems
    with pytest.raises(NotMadeError, match="has changed"):
        typist.after(finding, state)
    now = [f for f in typist.state(look=True).report.problems if f.name == "eager-load"]
    assert [finding.applicability for finding in now] == [None]


def test_a_file_does_not_parse_for_a_while(typist: Typist, looked_at: list[object]) -> None:
    typist.open("library/views.py", "library/helpers.py")
    del looked_at[:]
    assert not typist.type("library/views.py", "lines = []", "lines = [").report.problems
    assert not typist.type("library/views.py", "lines = [\n", "lines = [\n    \n").report.problems
    state = typist.type("library/views.py", "lines = [\n    \n", "lines = [\n    ]\n")
    assert looked_at == ["shelf"]
    assert told(state.report) == told(typist.checked())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from library", "import os\nfrom library"),
        ("def first(session)", "def first(session, most=1)"),
        ("def first", "@property\ndef first"),
        ("def first", "def second(session):\n    return 1\n\n\ndef first"),
        ("\n\n\ndef first", "  # minusn: ignore-file\n\n\ndef first"),
        ("def shelf", "# minusn: ignore-file\ndef shelf"),
    ],
)
def test_more_than_a_function(typist: Typist, looked_at: list[object], old: str, new: str) -> None:
    typist.open("library/views.py")
    state = typist.type("library/views.py", old, new)
    assert told(state.report) == told(typist.checked())


def test_the_same_as_a_check(tmp_path: Path) -> None:
    """A line more in each function of the sample application, one after the other."""
    shutil.copytree(DEMO, tmp_path, dirs_exist_ok=True)
    typist = Typist(tmp_path, {})
    names = [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*.py"))]
    typist.open(*names)
    typed = 0
    for name in names:
        path = typist.root / name
        source = SourceFile(path, typist.texts[path].encode())
        for function in reversed(list(read_module(source, "m", False).functions.values())):
            row = source.location(function.place.span.end).row
            line = source.text.split("\n")[row - 1]
            begin = line[: len(line) - len(line.lstrip())]
            if not begin or line.lstrip().startswith((")", "]", "}")):
                continue
            end = source.line_start(row)
            typist.texts[path] = f"{source.text[:end]}{begin}typed = 1\n{source.text[end:]}"
            state = typist.state(look=False)
            assert told(state.report) == told(typist.checked()), function.qualname
            typist.texts[path] = source.text
            typed += 1
    assert typed > 10


def typed(before: str, later: str) -> frozenset[str] | None:
    old, new = (SourceFile(Path("/m.py"), text.encode()) for text in (before, later))
    return Typed(*(Text(each, read_module(each, "m", False)) for each in (old, new))).functions


CODE = """\
import os


class A:
    size = 1

    def work(self):
        def inner():
            return 1
        return inner()

    @property
    def half(self):
        return 1
"""


@pytest.mark.parametrize(
    ("old", "new", "functions"),
    [
        ("return inner()", "return 2", {"A.work"}),
        ("            return 1\n        return", "            return 3\n        return",
         {"A.work", "A.work.<locals>.inner"}),
        ("return inner()", "return inner()  # once", {"A.work"}),
        ("def half(self):\n        return 1", "def half(self):\n        return 2", {"A.half"}),
        ("import os\n", "import os  # for its path\n", set()),
        ("\n\n\nclass", "\n\n\n\nclass", set()),
        ("size = 1", "size = 2", None),
        ("@property", "@cached_property", None),
        ("def work(self)", "def work(self, n)", None),
        ("import os\n", "import os  # minusn: ignore\n", None),
        ("def work", "def other(self): ...\n\n    def work", None),
    ],
)  # fmt: skip
def test_what_was_typed_into(old: str, new: str, functions: set[str] | None) -> None:
    assert CODE.count(old) == 1
    assert typed(CODE, CODE.replace(old, new)) == functions
