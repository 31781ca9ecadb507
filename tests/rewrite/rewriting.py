"""A file, patches that name places by their text, and what comes out."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from codemods.edits import Edit, apply_edits
from codemods.patch import Patch
from codemods.rewrite import rewrite
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span

PATH = Path("/nowhere/app/views.py")

Find = Callable[..., Place]
MakesPatches = Callable[[Find], "Patch | list[Patch]"]


def finder(source: SourceFile) -> Find:
    """Finds the n-th place with a text."""

    def find(text: str, number: int = 0) -> Place:
        start = -1
        for _ in range(number + 1):
            start = source.text.index(text, start + 1)
        return Place(source.path, Span(start, start + len(text)))

    return find


def edits_of(code: str | bytes, *makers: MakesPatches, path: Path = PATH) -> tuple[Edit, ...]:
    source = SourceFile(path, code if isinstance(code, bytes) else code.encode())
    patches: list[Patch] = []
    for make in makers:
        made = make(finder(source))
        patches += made if isinstance(made, list) else [made]
    return rewrite(patches, lambda _: source, Settings())


def rewritten_bytes(code: bytes, *makers: MakesPatches, path: Path = PATH) -> bytes:
    source = SourceFile(path, code)
    return apply_edits(source, edits_of(code, *makers, path=path))


def rewritten(code: str, *makers: MakesPatches, path: Path = PATH) -> str:
    """The file after the patches, of which no comment may be lost."""
    after = rewritten_bytes(code.encode(), *makers, path=path).decode()
    kept = sorted(comments(after))
    for comment in comments(code):
        assert comment in kept, f"{comment} is lost in {after}"
    ast.parse(after)
    return after


def comments(code: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
