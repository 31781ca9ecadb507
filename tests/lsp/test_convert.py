"""Edits of several files as one edit of the protocol."""

from __future__ import annotations

from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pygls.uris import from_fs_path
from sample import apply_edit

from codemods.edits import Edit, apply_edits
from codemods.lsp.buffers import Buffer, path_of
from codemods.lsp.convert import Converter
from codemods.lsp.project import State
from codemods.results import Report
from codemods.source import SourceFile, Span

ONE = "first = 'é🐍'; second = 2\nthird = 3\n"
TWO = "\ufefffourth = 4\r\nfifth = 5"


def state(folder: Path) -> tuple[State, Path, Path]:
    """One file that is open in its third version, and one that is not."""
    one, two = folder / "one.py", folder / "a file.py"
    two.write_bytes(TWO.encode())
    buffers = {one: Buffer(f"file://{folder}/o%6Ee.py", one, 3, ONE)}
    sources = {one: SourceFile(one, ONE.encode()), two: SourceFile(two, TWO.encode())}
    return State(Report(folder, sources=sources), buffers), one, two


def edits(one: Path, two: Path) -> list[Edit]:
    second = ONE.index("second")
    return [
        Edit(two, Span(0, 0), "zeroth = 0\r\n"),
        Edit(one, Span(second, second + len("second")), "other"),
        Edit(one, Span(0, 5), "initial"),
        Edit(two, Span(12, 21), "sixth = 6"),
    ]


def test_open_files_have_a_version_and_the_others_none(tmp_path: Path) -> None:
    found, one, two = state(tmp_path)
    client = pytest_lsp.client_capabilities("visual_studio_code@v1.65.2")
    edit = Converter(found, client, "utf-16").workspace_edit(edits(one, two))
    assert edit.changes is None and edit.document_changes is not None
    named = {
        change.text_document.uri: change.text_document.version
        for change in edit.document_changes
        if isinstance(change, types.TextDocumentEdit)
    }
    # A URI is given back as the client wrote it.
    assert named == {f"file://{tmp_path}/o%6Ee.py": 3, from_fs_path(str(two)): None}
    assert all(path_of(uri) in (one, two) for uri in named)


def test_a_client_without_versions_gets_the_same_texts(tmp_path: Path) -> None:
    found, one, two = state(tmp_path)
    wanted = {
        path: apply_edits(source, [e for e in edits(one, two) if e.path == path])
        for path, source in found.report.sources.items()
    }
    # An editor shows no byte order mark, and writes it again.
    texts = {one: ONE, two: TWO.removeprefix("\ufeff")}
    for name in ("visual_studio_code@v1.65.2", "neovim@v0.7.0", "neovim@v0.11.0", "emacs@v29.1"):
        client = pytest_lsp.client_capabilities(name)
        for encoding in ("utf-8", "utf-16", "utf-32"):
            edit = Converter(found, client, encoding).workspace_edit(edits(one, two))
            after = apply_edit(edit, texts, encoding)
            assert after[one][1].encode() == wanted[one]
            assert f"\ufeff{after[two][1]}".encode() == wanted[two]
