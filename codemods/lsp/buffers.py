"""What an editor has open: texts that stand for what is on disk."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from codemods.lsp.positions import Positions
from codemods.source import SourceFile

_SUFFIXES = (".py", ".pyi")


@dataclass(frozen=True)
class Buffer:
    """One open document in one state; `uri` is as the client writes it."""

    uri: str
    path: Path
    version: int | None
    text: str

    @property
    def data(self) -> bytes:
        """The bytes that saving would write, but for what the file's encoding does not have."""
        raw = self.text.encode("utf-8", "replace")
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
            return raw if encoding.startswith("utf-8") else self.text.encode(encoding, "replace")
        except (SyntaxError, LookupError):
            return raw

    def positions(self, encoding: str) -> Positions:
        return Positions(SourceFile(self.path, self.data), encoding, self.text.startswith("\ufeff"))


def path_of(uri: str) -> Path | None:
    """The Python file that a URI means; None for anything else."""
    if not uri.startswith("file:"):
        return None
    name = to_fs_path(uri)
    if name is None or not name.endswith(_SUFFIXES):
        return None
    return Path(name).resolve()


def uri_of(path: Path, buffers: Mapping[Path, Buffer]) -> str:
    """The URI of a file, as the client writes it where the file is open."""
    if path in buffers:
        return buffers[path].uri
    uri = from_fs_path(str(path))
    assert uri is not None
    return str(uri)


def buffers_of(documents: Iterable[TextDocument]) -> dict[Path, Buffer]:
    """The open documents that are Python files."""
    found = {}
    for document in documents:
        path = path_of(document.uri)
        if path is not None:
            found[path] = Buffer(document.uri, path, document.version, document.source)
    return found
