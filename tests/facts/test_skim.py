"""What is known of a file whose dull functions were not parsed is what is known of the whole."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_project import ONE, make

from codemods import check
from codemods.facts.parse import ParseError
from codemods.facts.read import read_module
from codemods.facts.skeleton import skeleton
from codemods.facts.skim import skim_module
from codemods.facts.values import FunctionFacts, ModuleFacts
from codemods.source import SourceFile

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("codemods", "tests", "before_after", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
_UNMAPPED = {"property", "classmethod", "staticmethod", "cached_property"}
LONG = "    total = 0\n    total += quantity * price * (1 + rate) - discount\n" * 3
QUIET = f"def quiet(quantity, price, rate, discount):\n{LONG}    return total\n"


def _known_of_body(whole: FunctionFacts, skimmed: FunctionFacts) -> FunctionFacts:
    """The facts of the whole function, as far as one that was left out has to know them."""
    assert skimmed.has_loop or not whole.has_loop
    hidden = _UNMAPPED.intersection(whole.decorators)
    return replace(
        whole,
        parsed=False,
        has_loop=skimmed.has_loop,
        returned=skimmed.returned if hidden else whole.returned,
    )


def _same(source: SourceFile) -> ModuleFacts:
    """The facts of a skimmed file, which are those of the whole file."""
    whole = read_module(source, "app.shop", False)
    skimmed, nodes = skim_module(source, "app.shop", False)
    assert list(skimmed.functions) == list(whole.functions)
    for name, facts in skimmed.functions.items():
        expected = whole.functions[name]
        assert facts == (expected if facts.parsed else _known_of_body(expected, facts)), name
    assert list(skimmed.classes) == list(whole.classes)
    for name, item in skimmed.classes.items():
        methods = whole.classes[name].methods
        assert list(item.methods) == list(methods)
        assert replace(item, methods=methods) == whole.classes[name]
    assert replace(skimmed, functions=whole.functions, classes=whole.classes) == whole, source.path
    for name, node in nodes.items():
        assert skimmed.functions[name].parsed
        assert source.place(node) == skimmed.functions[name].place
    return skimmed


def _skim(text: str) -> ModuleFacts:
    return _same(SourceFile(Path("/project/app/shop.py"), text.encode()))


def _parsed(text: str) -> dict[str, bool]:
    return {name: facts.parsed for name, facts in _skim(text).functions.items()}


def test_files_of_this_project_are_known_as_well_as_if_they_were_parsed() -> None:
    left_out = 0
    for path in FILES:
        source = SourceFile(path, path.read_bytes())
        try:
            facts = _same(source)
        except ParseError:
            with pytest.raises(ParseError):
                read_module(source, "app.shop", False)
            continue
        left_out += sum(not item.parsed for item in facts.functions.values())
    assert left_out > 500


def test_a_body_without_queries_is_left_out() -> None:
    assert _parsed(f"\n{QUIET}") == {"quiet": False}
    assert skeleton(f"\n{QUIET}").text.count("\n") == f"\n{QUIET}".count("\n")


@pytest.mark.parametrize(
    "line",
    [
        "from app import models",
        "def inner(): return 1",
        "class Inner: pass",
        "yield total",
        "return Column(Integer)",
        "session = sessionmaker(bind=engine)",
        "factory(autoflush = False)",
        "event.listen(Order, 'load', print)",
        "if total: import os",
        "for order in session.query(Order): print(order)",
        "return [x for x in db.\\\n        query(Order)]",
        "while session.get(Order, 1): pass",
        "found = db.session.get(cls, rate)",
        "found = self.session.get(\n        models[rate], price)",
        "session.scalar(select(func.count())); session.scalar(select(func.count()))",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_body_that_says_something_is_parsed(line: str, first: bool) -> None:
    body = f"    {line}\n{LONG}" if first else f"{LONG}    {line}\n"
    text = f"import x\n\ndef told(quantity, price, rate, discount):\n{body}\n\n{QUIET}"
    assert _parsed(text) | {"told.<locals>.inner": True} == {
        "told": True, "told.<locals>.inner": True, "quiet": False,
    }  # fmt: skip


def test_aliases_of_what_linking_wants_are_known() -> None:
    head = "from sqlalchemy.orm import sessionmaker as maker\n\n"
    text = f"{head}def told():\n    factory = maker(bind=engine)\n{LONG}\n\n{QUIET}"
    assert _parsed(text) == {"told": True, "quiet": False}


def test_methods_that_map_are_known() -> None:
    body = LONG.replace("    ", "        ")
    text = dedent("""
        class Base:
            @declared_attr
            def table(cls):
        {body}
                return total

            @property
            def title(self):
        {body}
                return total

            def plain(self):
                '''It has a docstring that is long enough to make this function a long one.
                It goes on for lines.'''
                return self.title

            @title.setter
            def title(self, value):
        {body}
        """).replace("{body}\n", body)
    facts = _skim(text)
    assert facts.functions["Base.table"].returned is not None
    assert facts.functions["Base.plain"].returned is not None
    assert not facts.functions["Base.table"].parsed


@pytest.mark.parametrize(
    "text",
    [
        # Definitions that are none.
        f"TEXT = '''\n{QUIET}'''\n\n{QUIET}",
        f'TEXT = """\\"""\n{QUIET}"""\n\n{QUIET}',
        f"class A:\n    '''Of a class.\n\n{QUIET}    '''\n    def f(self):\n        '''x'''\n",
        f"# it's '''\n{QUIET}# '''\n",
        f"x = '# \\'''' '''\n{QUIET}'''\n",
        f"x = 'a \\\n{QUIET.splitlines()[0]}'\n{QUIET}",
        # Bodies that end where it does not look like it.
        f"\ndef f():\n{LONG}    x = '''\nnot indented\n'''\n{LONG}\n\n{QUIET}",
        f"\ndef f():\n{LONG}    x = 1 + \\\n2\n{LONG}\n{QUIET}",
        f"\ndef f():\n{LONG}# a comment\n{LONG}\n    # another\n# and one more\n{QUIET}",
        f"\ndef f():\n{LONG}    return total  # why\n\n{QUIET}",
        f"\ndef f():\n{LONG}    return total;\n\n{QUIET}",
        f"\ndef f():\n{LONG}    return 'größer als Köln'\n\n{QUIET}",
        f"\ndef f():\n{LONG}    return '''\n      ende'''\n\n{QUIET}",
        # Heads of all kinds.
        f"\ndef f(\n    quantity: dict[str, int] = {{1: 2}},  # one\n) -> list[int]:\n{LONG}\n{QUIET}",
        f"\ndef f(a=':', b=')'): return 1\ndef g():\n{LONG}\n{QUIET}",
        f"\ndef f(a='''\n)'''):\n{LONG}\n{QUIET}",
        f"\ndef f(): x = lambda: (\n  1)\n{QUIET}",
        f"\nasync def f(a, /, b, *, c=lambda: 1, **d):\n{LONG}\n{QUIET}",
        f"\nif x:\n  def f():\n{LONG}\nelse:\n  def f():\n{LONG}{LONG}",
        f"\nif x:\n    from a import quiet\nelse:\n{QUIET.replace(chr(10), chr(10) + '    ')}\n",
        f"\ndef f():\n{LONG}\ndef f():\n{LONG}    return session.query(A), session.query(B)\n",
        f"\ndef f():\n{LONG}    x = 'a \\\nb'\n{LONG}\n{QUIET}",
        f"x = 'a \\\ndef f(x): \\\n'\nclass A:\n{QUIET.replace(chr(10), chr(10) + '    ')}\n",
        f"\ndef f():\n{LONG}    return \\\n  total\n\n{QUIET}",
        f'\ndef f():\n{LONG}    x = """\n    # it ends here"""\n    # no\n{QUIET}',
        f"\ndef f():\r\n{LONG}\n{QUIET}",
        f"\ndef f():\n\tif x:\n\t\tpass\n{QUIET}",
        f"\n\x0c{QUIET}",
        QUIET,
        f"\n{QUIET}".rstrip("\n"),
    ],
)
def test_nothing_is_misread(text: str) -> None:
    try:
        ast.parse(text)
    except SyntaxError:
        with pytest.raises(ParseError):
            skim_module(SourceFile(Path("/project/app/shop.py"), text.encode()), "app", False)
        return
    _skim(text)
    short = skeleton(text)
    rows = {
        node.lineno
        for node in ast.walk(ast.parse(short.text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert short.hints.keys() <= rows


@pytest.mark.parametrize("end", ["x = [\n1,\n]\n", "return (\n  total\n)\n"])
def test_brackets_that_are_not_indented_make_the_whole_file_be_parsed(end: str) -> None:
    parsed = _parsed(f"\n{QUIET}\n\ndef f():\n{LONG}    {end}\n")
    assert parsed == {"quiet": True, "f": True}


_PIECES = st.sampled_from(
    [
        "'''", '"""', "'", '"', "#", "\\", "\n", "\n    ", "\n        ", "def f(a):\n", "(", ")", "[",
        "class A:\n", "    def g(self):\n", LONG, "x = 1", "return ", "yield", ":", ";", "r'''", "\\'",
        ".query(", "for x in y", "import z", "@property\n", "pass\n", "f'{", "}'", "é", "\t", "lambda: ",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30))
def test_any_text_is_read_as_if_all_of_it_were_parsed(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return
    _skim(text)


BROKEN = f"\ndef broken():\n{LONG}    print 'of another age', total, total, total\n    x = 1\n"


def test_a_mistake_where_nothing_is_looked_at_is_told_of_a_named_file_only(tmp_path: Path) -> None:
    make(tmp_path, quiet=f"import sqlalchemy\n{BROKEN}")
    assert not check([tmp_path]).skipped
    (skipped,) = check([tmp_path / "app/quiet.py"]).skipped
    assert skipped.named
    assert skipped.place is not None


def test_there_is_no_finding_in_a_file_with_a_mistake(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    assert [finding.code for finding in check([tmp_path]).findings] == ["MN101"]
    make(tmp_path, one=f"{ONE}\n{BROKEN}")
    report = check([tmp_path])
    assert [finding.code for finding in report.findings] == ["MN001"]
    (skipped,) = report.skipped
    assert skipped.path.name == "one.py"
