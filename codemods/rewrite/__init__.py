"""Patches in, edits out: the only package that speaks LibCST.

Every patch is worked out on the smallest slice of its file that has to be parsed, and its result
is spliced into the text, so that whatever lies outside keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.rewrite.error import RewriteError

if TYPE_CHECKING:
    import ast

    from codemods.edits import Edit
    from codemods.patch import Patch
    from codemods.rewrite.view import View
    from codemods.settings import Settings
    from codemods.source import SourceFile

__all__ = ["RewriteError", "rewrite"]


def rewrite(
    patches: Sequence[Patch],
    sources: Callable[[Path], SourceFile],
    settings: Settings,
    parse: Callable[[SourceFile], ast.Module] | None = None,
) -> tuple[Edit, ...]:
    """The edits that make `patches` true, sorted by file and offset.

    Patches may lie in several files. Those of one file are merged: chains of one method at one
    place become one call, imports from one module one statement. Names that templates refer to
    are those of the `Import` patches; where a file needs another name, the templates follow.

    Args:
        sources: gives the file at a path as it is now.
        settings: those of the project.
        parse: reads files that use newer syntax than the running Python's; without it they
            cannot be rewritten.

    Raises:
        RewriteError: where a place is not found, patches contradict each other, or the result
            is not what was meant.
    """
    # LibCST takes a tenth of a second to load, and importing this package must not.
    from codemods.rewrite.file import FileRewriter, opened

    def view(path: Path) -> View:
        return opened(sources(path), parse).view

    by_path: dict[Path, list[Patch]] = {}
    for patch in patches:
        by_path.setdefault(patch.place.path, []).append(patch)
    edits: list[Edit] = []
    for path in sorted(by_path):
        edits += FileRewriter(opened(sources(path), parse), by_path[path], view).edits()
    return tuple(edits)
