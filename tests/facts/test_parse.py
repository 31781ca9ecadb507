"""Text to trees: every file is read or refused with a reason, never anything else."""

from __future__ import annotations

import ast
import sys
import warnings
from pathlib import Path

import pytest

from codemods.facts.downgrade import downgrade
from codemods.facts.parse import ParseError, parse
from codemods.source import SourceFile

PATH = Path("/project/code.py")
OLDEST = (3, 11)


def source_of(text: str | bytes) -> SourceFile:
    return SourceFile(PATH, text if isinstance(text, bytes) else text.encode("utf-8"))


def texts(source: SourceFile, kind: type[ast.expr]) -> list[str]:
    """The text at the place of every expression of a kind."""
    tree = parse(source)
    return [source.slice(source.span(node)) for node in ast.walk(tree) if isinstance(node, kind)]


def lowered(text: str) -> str:
    """What the oldest supported Python is given to read."""
    return downgrade(text, OLDEST).text


@pytest.mark.parametrize(
    "data",
    [
        b"a.b\rc.d\r",
        b"\xef\xbb\xbfa.b\nc.d\n",
        b"\x0ca.b\n\x0c\nc.d\n",
        b"a.b\r\nc.d",
        "# -*- coding: latin-1 -*-\na.b; 'é'; c.d".encode("latin-1"),
        "'日本'; a.b\nx = '\x85\u2028'; c.d\n".encode(),
    ],
)
def test_places_are_right_for_every_kind_of_line(data: bytes) -> None:
    assert texts(source_of(data), ast.Attribute) == ["a.b", "c.d"]


@pytest.mark.parametrize(
    "data",
    [
        b"x = (\n",
        b"a\0b",
        b"\xff\xfe",
        b"# coding: nonsense\n",
        b"(" * 5000,
        b"x = " + b"-" * 100_000 + b"1",
        b"x = " + b"a." * 30_000 + b"b",
        b"print 'two'\n",
        b"\tif x:\n        y\n",
    ],
)
def test_what_cannot_be_read_is_a_parse_error_with_a_place(data: bytes) -> None:
    with pytest.raises(ParseError) as raised:
        parse(source_of(data))
    error = raised.value
    assert error.path == PATH
    assert error.row >= 1
    assert error.column >= 1
    assert error.message
    assert error.newer is None
    assert str(error).startswith(f"{PATH}:{error.row}:{error.column}: ")


def test_the_place_of_an_error() -> None:
    with pytest.raises(ParseError) as raised:
        parse(source_of("a = 1\nb = = 2\n"))
    assert (raised.value.row, raised.value.column) == (2, 5)
    with pytest.raises(ParseError) as raised:
        parse(source_of("a = 1\nb\0 = 2\n"))
    assert raised.value.row == 2


def test_warnings_about_the_code_are_not_ours() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse(source_of("x = '\\d'\nif x is 1: pass\nassert (x, 1)\n"))


def test_exceptions_without_parentheses_become_a_tuple() -> None:
    text = "try:\n    a.b\nexcept é.A, B.C, D:\n    c.d\n"
    source = source_of(text)
    tree = parse(source)
    handler = next(node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    assert isinstance(handler.type, ast.Tuple)
    assert [ast.unparse(item) for item in handler.type.elts] == ["é.A", "B.C", "D"]
    assert texts(source, ast.Attribute) == ["a.b", "é.A", "B.C", "c.d"]


def test_an_or_between_exceptions_stays_one() -> None:
    tree = parse(source_of("try: pass\nexcept A | B: pass\ntry: pass\nexcept A, B: pass\n"))
    kinds = [type(n.type) for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler)]
    assert kinds == [ast.BinOp, ast.Tuple]


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("try: pass\nexcept* A, B: pass", "try: pass\nexcept* A| B: pass"),
        ("x = t'{a.b} c'", "x = f'{a.b} c'"),
        ("x = rT'{a}'", "x = rF'{a}'"),
        ("def f[T: int](x: T): a.b", "def f        (x: T): a.b"),
        ("async def f[*Ts, **P](): a.b", "async def f          (): a.b"),
        ("class A[T = int](B): a.b", "class A         (B): a.b"),
        ("class é[é]: a.b", "class é    : a.b"),
        ("if x:\n  type A[T] = list[T]; a.b", "if x:\n  A         = list[T]; a.b"),
        ("lazy import a.b as c", "import      a.b as c"),
        ("lazy from a import b", "from      a import b"),
        ('f\'{x["a"]}\' f"{x["b"]}"', "f'{x[\"a\"]}' f\"{x['b']}\""),
        ("f'{x['a']:>{w['n']}}'", 'f\'{x["a"]:>{w["n"]}}\''),
        ("def f[\n  T,\n](x): pass", "def f\\\n   \\\n (x): pass"),
    ],
)
def test_newer_syntax_becomes_older_syntax_of_the_same_width(newer: str, older: str) -> None:
    assert lowered(newer) == older
    assert len(lowered(newer).encode()) == len(newer.encode())
    ast.parse(older)


@pytest.mark.parametrize(
    "text",
    [
        "try: pass\nexcept (A, B): pass\nexcept C as c: pass",
        "x = f'{{a}} {b!r:>{c}}' 't' \"def f[T]\"",
        "except_ = {'type': type, 'a': type(x)[0]}",
        "type = 3\ntype.x = 1\nprint(type, lazy)\nlazy = 1",
        "def f(a=x[0]): pass\nclass A(B[int]): pass",
        "# def f[T](): except A, B:\nx = '''\nexcept A, B:\n'''",
        "x[a, b]\nx = t\nt('a')",
        "match x:\n    case {'type': t}: pass",
        "x = f'''{a}\n{b}''' \nlambda: (yield)",
    ],
)
def test_older_syntax_is_not_touched(text: str) -> None:
    ast.parse(text)
    result = downgrade(text, OLDEST)
    assert result.text == text
    assert not result.features


def test_a_python_that_has_it_reads_it_as_it_is() -> None:
    text = "def f[T](): t'{x}'\ntry: pass\nexcept A, B: pass"
    assert downgrade(text, (3, 14)).text == text


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
def test_what_has_no_stand_in_says_which_python_is_needed() -> None:
    with pytest.raises(ParseError) as raised:
        parse(source_of("y = 1\nx = f'{\"'\".join(a['b'])}'\n"))
    assert raised.value.newer == "3.12"
    assert raised.value.row == 2


def test_an_error_elsewhere_is_not_taken_for_newer_syntax() -> None:
    with pytest.raises(ParseError) as raised:
        parse(source_of("try: pass\nexcept ValueError, e: pass\nprint e\n"))
    assert raised.value.newer is None
    assert raised.value.row == 3
