"""Text to `ast`, also where the text is newer than the running Python."""

from __future__ import annotations

import ast
import sys
import warnings
from pathlib import Path

from codemods.facts.downgrade import Downgrade, downgrade
from codemods.source import SourceFile, UndecodableError


class ParseError(Exception):
    """A file that cannot be read: where and why.

    `row` and `column` count from 1. `newer` is the Python version (`3.14`) whose syntax stands
    there, None where it is not known to be any Python's.
    """

    def __init__(
        self, path: Path, row: int, column: int, message: str, newer: str | None = None
    ) -> None:
        super().__init__(path, row, column, message, newer)
        self.path = path
        self.row = row
        self.column = column
        self.message = message
        self.newer = newer

    def __str__(self) -> str:
        return f"{self.path}:{self.row}:{self.column}: {self.message}"


def parse(source: SourceFile) -> ast.Module:
    """The tree of a file, whose positions are positions in its text.

    Newer syntax than the running Python's is read through a stand-in of the same width where
    there is one: several types after `except` without parentheses become a Tuple, a template
    string a JoinedStr, type parameters disappear.

    Raises:
        ParseError: for anything that keeps the file from being read.
    """
    try:
        text = source.text
    except UndecodableError as error:
        raise _undecodable(source, error) from error
    if "\0" in text:
        location = source.location(text.index("\0"))
        raise ParseError(source.path, location.row, location.column, "there is a null byte")
    return parse_text(source, text)


def parses(source: SourceFile) -> bool:
    """False for a file of Python with a mistake."""
    try:
        return source.path.suffix not in (".py", ".pyi") or bool(parse(source))
    except ParseError:
        return False


def parse_text(source: SourceFile, text: str) -> ast.Module:
    """As `parse`, of a text that has something less than the file in the same places."""
    try:
        return _tree(text)
    except SyntaxError as error:
        return _parse_newer(source, text, error)
    except ValueError as error:
        raise ParseError(source.path, 1, 1, str(error)) from error
    except (RecursionError, MemoryError) as error:
        raise ParseError(source.path, 1, 1, "the code is nested too deeply") from error


def _undecodable(source: SourceFile, error: UndecodableError) -> ParseError:
    cause = error.__cause__
    if not isinstance(cause, UnicodeDecodeError):
        return ParseError(source.path, 1, 1, str(error))
    row = cause.object.count(b"\n", 0, cause.start) + 1
    byte = cause.object[cause.start]
    message = f"line {row} has the byte 0x{byte:02x}, which is no {cause.encoding}"
    return ParseError(source.path, row, 1, message)


def _tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _parse_newer(source: SourceFile, text: str, error: SyntaxError) -> ast.Module:
    older = downgrade(text, sys.version_info[:2])
    if not older.features:
        raise _failure(source, error, older) from error
    try:
        tree = _tree(older.text)
    except SyntaxError as second:
        raise _failure(source, second, older) from error
    except (ValueError, RecursionError, MemoryError):
        raise _failure(source, error, older) from error
    _restore_tuples(tree, frozenset(older.handlers))
    return tree


def _restore_tuples(tree: ast.Module, handlers: frozenset[tuple[int, int]]) -> None:
    """Turn the `A | B` that stands in for `except A, B:` into the tuple that it is."""
    if not handlers:
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ExceptHandler)
            and (node.lineno, node.col_offset) in handlers
            and isinstance(node.type, ast.BinOp)
        ):
            whole: ast.expr = node.type
            types: list[ast.expr] = []
            part = whole
            while isinstance(part, ast.BinOp):
                types.append(part.right)
                part = part.left
            types.append(part)
            node.type = ast.copy_location(ast.Tuple(types[::-1], ast.Load()), whole)


def _failure(source: SourceFile, error: SyntaxError, older: Downgrade) -> ParseError:
    row = min(max(error.lineno or 1, 1), source.rows)
    column = max(error.offset or 1, 1)
    newer = [
        feature.version
        for feature in older.features
        if feature.first_row <= row <= feature.last_row
    ]
    version = "{}.{}".format(*max(newer)) if newer else None
    return ParseError(source.path, row, column, error.msg, version)
