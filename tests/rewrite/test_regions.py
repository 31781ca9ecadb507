"""Of a long file only the statements around a change are looked at, and nothing shows it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import black
import libcst as cst
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import PATH, Find, MakesPatches, rewritten, rewritten_bytes

from codemods.patch import (
    Chain,
    Code,
    Define,
    DropImport,
    Import,
    InsertBefore,
    Remove,
    Replace,
)
from codemods.rewrite import rewrite
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span

LONG = "query(Purchase).filter(Purchase.number == number_of_the_purchase).all()"
CHAIN: MakesPatches = lambda find: Chain(  # noqa: E731 (as in a table)
    find("query(Purchase)"), "options", (Code("selectinload(Purchase.lines_of_this_purchase)"),)
)
PARTS = {
    "import": "from app.models import Purchase, query",
    "late import": "import os",
    "assignment": "number_of_the_purchase = 1",
    "comment": "# about what follows\nLIMIT = 5",
    "string": '"""A string that nobody reads."""',
    "function": "def small(x):\n    return x",
    "decorated": "@cached\ndef large(x):\n    y = x\n    return y",
    "class": 'class Thing:\n    """One."""\n\n    size = 1',
    "stub": "class Empty: ...",
    "overload": "@overload\ndef read(x: int) -> int: ...",
    "guarded": "if TYPE_CHECKING:\n    from app.models import Purchase",
    "loop": "for x in range(3):\n    print(x)\n    # the end of the loop",
    "with": 'with open("a") as first, open("b") as second:\n    pass',
    "two on a line": "x = 1; y = 2",
    "starred": "print(*range(100), **settings_that_are_long_enough_to_fill_the_line_to_its_end(3))",
}
HERE = {
    "a query": f"rows = {LONG}",
    "in a function": f"def find_all():\n    # why\n    rows = {LONG}\n    return rows",
    "in a method": f"class Finder:\n    def find(self):\n        return {LONG}\n",
}
FILLING = "".join(f"\n\ndef filling_{n}(x):\n    return [x, {n}]\n" for n in range(60))


def _black(text: str) -> str:
    return black.format_str(text, mode=black.Mode())


def _above_query(find: Find) -> InsertBefore:
    code = Code(
        "added = find_something_of_the_database(with_many=1, parameters=2, in_it=3, and_=4)"
    )
    return InsertBefore(find(f"rows = {LONG}"), (code,))


@settings(max_examples=20)
@given(
    before=st.lists(st.sampled_from(sorted(PARTS)), max_size=3),
    after=st.lists(st.sampled_from(sorted(PARTS)), max_size=3),
    here=st.sampled_from(sorted(HERE)),
    above=st.booleans(),
    more=st.booleans(),
)
def test_what_lies_far_away_changes_nothing(
    before: list[str], after: list[str], here: str, above: bool, more: bool
) -> None:
    parts = [*(PARTS[name] for name in before), HERE[here], *(PARTS[name] for name in after)]
    makers = [CHAIN, *([lambda find: Import(find("query"), "os.path", "join")] if more else [])]
    if here == "a query":
        makers.append(_above_query)
    short = "\n".join(parts) + "\n"
    text = _black(f"{FILLING}\n{short}" if above else f"{short}\n{FILLING}")
    # with this comment black is given all of the file
    whole = rewritten(text.replace("[x, 30]", "[x, 30]  # not fmt: skip"), *makers)
    assert rewritten(text, *makers) == whole.replace("  # not fmt: skip", "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_several_regions_of_a_file_that_has_a_style_of_its_own(newline: str) -> None:
    filling = FILLING.replace("    ", "  ")
    query = "rows = query(Purchase).all()"
    code = f"import os\nimport sys\n{filling}\n\n{query}\n\ndef f():\n  g()\n{filling}\nh(sys)\n"
    after = rewritten_bytes(
        code.replace("\n", newline).encode(),
        CHAIN,
        lambda find: Replace(find("sys", 1), Code("join(path_of_the_first, path_of_the_other)")),
        lambda find: Import(find("g()"), "os.path", "join"),
        lambda find: DropImport(find("g()"), "sys"),
        lambda find: Define(find("g()"), "path", Code("def path():\n    return None")),
        lambda find: Remove(find("g()")),
    )
    expected = (
        code.replace("import sys\n", "from os.path import join\n\n\ndef path():\n  return None\n")
        .replace(
            query,
            "rows = (\n  query(Purchase)\n"
            "  .options(selectinload(Purchase.lines_of_this_purchase))\n  .all()\n)",
        )
        .replace("g()", "pass")
        .replace("h(sys)", "h(join(path_of_the_first, path_of_the_other))")
    )
    assert after == expected.replace("\n", newline).encode()


def test_removed_statements_of_a_long_file() -> None:
    code = "x = 1\ny = 2\n" + FILLING
    assert rewritten(code, lambda find: Remove(find("y = 2"))).startswith("x = 1\n\n\ndef")
    assert rewritten(code, lambda find: Remove(find("x = 1"))).startswith("y = 2\n\n\ndef")


def test_the_second_fix_of_a_long_file_is_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def spied(work: Callable[..., Any]) -> Callable[..., Any]:
        def reads(text: str, *rest: Any, **options: Any) -> Any:
            read.append(len(text))
            return work(text, *rest, **options)

        return reads

    for module, name in ((black, "format_str"), (cst, "parse_module"), (ast, "parse")):
        monkeypatch.setattr(module, name, spied(getattr(module, name)))
    body = "".join(
        f"\n\ndef find_{n}():\n    return query(Purchase).filter(Purchase.id == {n})\n"
        for n in range(600)
    )
    source = SourceFile(PATH, body.lstrip().encode())

    def effort(number: int) -> int:
        start = source.text.index("query(Purchase)", source.text.index(f"find_{number}("))
        place = Place(source.path, Span(start, start + len("query(Purchase)")))
        read.clear()
        edits = rewrite([Chain(place, "distinct", ())], lambda _: source, Settings())
        assert [edit.content for edit in edits] == [".distinct()"]
        return sum(read)

    first, *others = [effort(number) for number in (5, 200, 400, 590)]
    assert max(others) * 4 < first
