"""Every byte outside the edits is kept, whatever the file is like."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import PATH, Find, comments, edits_of, finder, rewritten, rewritten_bytes

from codemods.edits import apply_edits
from codemods.patch import (
    Chain,
    Code,
    Copied,
    Import,
    InsertAfter,
    InsertBefore,
    Patch,
    Remove,
    Replace,
)
from codemods.rewrite import RewriteError, rewrite
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span

code = Code.of


def three_patches(find: Find) -> list[Patch]:
    return [
        Import(find("base"), "sqlalchemy.orm", "selectinload"),
        Chain(find("base"), "options", (code("selectinload({m}.lines)", m="Order"),)),
        InsertBefore(find("use(q)"), (code("if q:\n    new(q)"),)),
    ]


SOURCE = "import os\n\nif os:\n  q = base\n  # use\n  use(q)  # used\n"
EXPECTED = (
    "import os\n\nfrom sqlalchemy.orm import selectinload\n\nif os:\n"
    "  q = base.options(selectinload(Order.lines))\n"
    "  if q:\n    new(q)\n  # use\n  use(q)  # used\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_newlines_and_byte_order_marks(newline: str, mark: bytes) -> None:
    data = mark + SOURCE.replace("\n", newline).encode()
    expected = mark + EXPECTED.replace("\n", newline).encode()
    assert rewritten_bytes(data, three_patches) == expected


def test_mixed_newlines_stay_and_new_lines_have_those_of_their_place() -> None:
    data = b"import os\r\n\r\nif os:\n  q = base\r\n  # use\r  use(q)  # used\n"
    assert rewritten_bytes(data, three_patches) == (
        b"import os\r\n\r\nfrom sqlalchemy.orm import selectinload\n\nif os:\n"
        b"  q = base.options(selectinload(Order.lines))\r\n"
        b"  if q:\r\n    new(q)\r\n  # use\r  use(q)  # used\n"
    )


def test_no_newline_at_the_end() -> None:
    assert rewritten_bytes(
        b"if x:\r\n  use(q)", lambda f: InsertAfter(f("use(q)"), (code("y"),))
    ) == (b"if x:\r\n  use(q)\r\n  y")


def test_tabs() -> None:
    source = SOURCE.replace("\n  ", "\n\t")
    expected = EXPECTED.replace("    new", "\t\tnew").replace("\n  ", "\n\t")
    assert rewritten(source, three_patches) == expected


def test_declared_encodings() -> None:
    text = "# -*- coding: latin-1 -*-\nname = 'é'; x = f(name, 'ü')  # Ä\n"

    def replace(find: Find) -> Patch:
        return Replace(find("f(name, 'ü')"), code("g('ö', {n})", n="name"))

    assert rewritten_bytes(text.encode("latin-1"), replace) == (
        text.replace("f(name, 'ü')", "g('ö', name)").encode("latin-1")
    )
    with pytest.raises(RewriteError, match="encoding, iso-8859-1, has no '名'"):
        edits_of(text.encode("latin-1"), lambda find: Replace(find("f(name, 'ü')"), code("'名'")))


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_form_feeds(newline: bytes) -> None:
    data = newline.join(
        [b"x = 1", b"\x0c", b"\x0cdef f():", b"    \x0c    y = '\x0c'; z = base", b"\x0cz = 2", b""]
    )
    after = rewritten_bytes(
        data,
        lambda find: Chain(find("base"), "all", ()),
        lambda find: InsertBefore(find("z = 2"), (code("new()"),)),
        lambda find: InsertBefore(
            find("def f():\n    \x0c    y = '\x0c'; z = base".replace("\n", newline.decode())),
            (code("# before\nx()"),),
        ),
    )
    assert after == newline.join(
        [
            b"x = 1",
            b"\x0c",
            b"# before",
            b"x()",
            b"\x0cdef f():",
            b"    \x0c    y = '\x0c'; z = base.all()",
            b"new()",
            b"\x0cz = 2",
            b"",
        ]
    )


def test_form_feeds_of_strings_are_theirs() -> None:
    source = "x = f('''a\n\x0c b\n''', base)\n"
    assert (
        rewritten(
            source,
            lambda find: Replace(
                find("f('''a\n\x0c b\n''', base)"),
                code("g({a})", a=Copied(find("'''a\n\x0c b\n'''"))),
            ),
        )
        == "x = g('''a\n\x0c b\n''')\n"
    )


def test_separators_that_end_no_line_for_python() -> None:
    source = "x = 'a\u2028b\x85c\x1cd'  # \u2028 e\ny = base\n"
    assert rewritten(source, lambda find: Chain(find("base"), "all", ())) == (
        source.replace("base", "base.all()")
    )


def test_wide_characters_before_a_place() -> None:
    source = "x = {'日本': base, '😀': f(base)}\n"
    assert rewritten(source, lambda find: Chain(find("base", 1), "all", ())) == (
        "x = {'日本': base, '😀': f(base.all())}\n"
    )


def test_newer_syntax_needs_a_parser_for_it() -> None:
    source = SourceFile(PATH, b"try:\n    f()\nexcept A, B, C D:\n    pass\nx = base\n")
    patch = Chain(finder(source)("base"), "all", ())
    with pytest.raises(RewriteError, match="does not parse"):
        rewrite([patch], lambda _: source, Settings())
    tree = ast.parse("try:\n    f()\nexcept (A, B):\n    pass\nx = base\n")
    assert rewrite([patch], lambda _: source, Settings(), lambda _: tree)


def test_untouched_files_have_no_edits() -> None:
    assert edits_of("x = 1\n") == ()


LINES = st.lists(
    st.sampled_from(
        [
            "x = base",
            "# note {n}",
            "",
            "y = f(x)  # end {n}",
            "if x:\n  z = base; w = 1  # in {n}\n  # foot {n}",
            "for i in x: g(i)  # one {n}",
            "'''text\n  # no comment\n'''",
            "def h():\n  '''Doc.'''\n\n  # first {n}\n  return base",
            "t = (base  # all {n}\n   .all())",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=120)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_nothing_but_the_edits_changes(lines: list[str], newline: str, data: st.DataObject) -> None:
    text = "".join(line.replace("{n}", str(n)) + "\n" for n, line in enumerate(lines))
    source = SourceFile(Path("/nowhere/x.py"), text.replace("\n", newline).encode())
    tree = ast.parse(text)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    patches: list[Patch] = [
        Chain(_place(source, node, text, newline), "options", (code("o"),))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "base"
    ]
    if statements:
        index = data.draw(st.integers(0, len(statements) - 1))
        place = _place(source, statements[index], text, newline)
        new = code("if a:\n    new()")
        verb = data.draw(st.sampled_from(["before", "after", "remove", "replace"]))
        inside = [p for p in patches if place.span.contains(p.place.span)]
        if verb in ("remove", "replace"):
            patches = [p for p in patches if p not in inside]
        patches.append(
            {
                "before": InsertBefore(place, (new,)),
                "after": InsertAfter(place, (new,)),
                "remove": Remove(place),
                "replace": Replace(place, new),
            }[verb]
        )
    edits = rewrite(patches, lambda _: source, Settings())
    after = apply_edits(source, edits).decode()
    ast.parse(after)
    outside, position = [], 0
    for edit in edits:
        outside.append(source.text[position : edit.span.start])
        position = edit.span.end
    rest = after
    for piece in [*outside, source.text[position:]]:
        assert piece in rest
        rest = rest[rest.index(piece) + len(piece) :]
    kept = list(comments(after.replace(newline, "\n")))
    assert all(comment in kept for comment in comments(text))
    assert newline == "\n" or "\n" not in after.replace(newline, "")


def _place(source: SourceFile, node: ast.expr | ast.stmt, text: str, newline: str) -> Place:
    plain = SourceFile(source.path, text.encode()).span(node)
    extra = len(newline) - 1
    shift = [offset + extra * text.count("\n", 0, offset) for offset in (plain.start, plain.end)]
    return Place(source.path, Span(*shift))
