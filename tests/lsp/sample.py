"""A project for the server's tests, and what an editor does with an edit, written for itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from lsprotocol import types
from pygls.uris import to_fs_path

COMMAND = Path(sys.executable).parent / "minusn"

PYPROJECT = """\
[project]
name = "library"
version = "1"
dependencies = ["sqlalchemy>=2.0"]
requires-python = ">=3.11"

[tool.minusn]
database = ["sqlite"]
"""

MODELS = """\
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped[Author] = relationship()
"""

VIEWS = """\
from sqlalchemy import select
from sqlalchemy.orm import Session

from library.models import Book


def shelf(session: Session) -> list[str]:
    books = session.scalars(select(Book).order_by(Book.id)).all()
    return [("🐍é", book.author.name)[1] for book in books]
"""

CLEAN = """\
def double(number: int) -> int:
    return 2 * number
"""


def write_project(folder: Path) -> Path:
    """The sample project, and the folder of its package."""
    package = folder / "library"
    package.mkdir(parents=True)
    (folder / "pyproject.toml").write_text(PYPROJECT)
    for name, text in (
        ("__init__", ""),
        ("models", MODELS),
        ("views", VIEWS),
        ("clean", CLEAN),
    ):
        (package / f"{name}.py").write_text(text, encoding="utf-8", newline="")
    return package


def applied_by_command(folder: Path, *arguments: str) -> dict[str, bytes]:
    """What `minusn apply ARGUMENTS` makes of a copy of the project, by relative file name."""
    copy = folder.parent / f"{folder.name}-applied"
    shutil.copytree(folder, copy)
    done = subprocess.run(
        [COMMAND, "apply", *arguments], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return contents(copy)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.py")}


def apply_edit(
    edit: types.WorkspaceEdit, texts: dict[Path, str], encoding: str
) -> dict[Path, tuple[int | None, str]]:
    """Versions and new texts of all changed files.

    Args:
        texts: of the files that are open; the others are read from disk.
    """
    changed = {}
    for uri, version, edits in _per_file(edit):
        path = Path(to_fs_path(uri) or "")
        text = texts.get(path)
        if text is None:
            text = path.read_bytes().decode()
        for one in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character))[::-1]:
            start = _offset(text, one.range.start, encoding)
            end = _offset(text, one.range.end, encoding)
            text = text[:start] + one.new_text + text[end:]
        changed[path] = version, text
    return changed


def _per_file(
    edit: types.WorkspaceEdit,
) -> list[tuple[str, int | None, list[types.TextEdit]]]:
    if edit.document_changes is None:
        return [(uri, None, list(edits)) for uri, edits in (edit.changes or {}).items()]
    found = []
    for change in edit.document_changes:
        assert isinstance(change, types.TextDocumentEdit)
        edits = [e for e in change.edits if isinstance(e, types.TextEdit)]
        found.append((change.text_document.uri, change.text_document.version, edits))
    return found


def _offset(text: str, position: types.Position, encoding: str) -> int:
    """Counted character by character, unlike in the server."""
    width = {
        "utf-8": lambda c: len(c.encode()),
        "utf-16": lambda c: 2 if ord(c) > 0xFFFF else 1,
        "utf-32": lambda c: 1,
    }[encoding]
    offset = 0
    for _ in range(position.line):
        while text[offset] not in "\r\n":
            offset += 1
        offset += 2 if text[offset : offset + 2] == "\r\n" else 1
    units = 0
    while units < position.character:
        units += width(text[offset])
        offset += 1
    assert units == position.character, "a position inside of a character"
    return offset
