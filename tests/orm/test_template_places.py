"""Every node of a template's function has the place where the template has it."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_rows import FOLDER, parsed, renderer
from test_template_functions import ALL

from codemods.facts.templates import ParsedTemplate, parse_template, parse_text
from codemods.orm.renderer import Renderer
from codemods.orm.template_functions import template_function
from codemods.source import Place, SourceFile, Span


def reads(made: Renderer, source: SourceFile) -> list[tuple[str, int, int]]:
    """The text, row and column of each attribute, in order."""
    found = []
    for node in ast.walk(made.function):
        if isinstance(node, ast.Attribute):
            place = made.place(node)
            assert place is not None
            location = source.location(place.span.start)
            assert source.slice(place.span) == node.attr
            found.append((node.attr, location.row, location.column))
    return sorted(found, key=lambda item: item[1:])


def of_text(text: str, data: bytes | None = None) -> tuple[Renderer, SourceFile]:
    source = SourceFile(FOLDER / "main.html", text.encode() if data is None else data)
    found = parse_template(source)
    assert isinstance(found, ParsedTemplate)
    made = template_function("main.html", found, lambda name: None)
    assert made is not None
    return made, source


TEXT = "<p>\n{%- for b in books %}\n  é {{ b.author.name }} {{ b.author }}\n{% endfor %}\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_attributes(newline: str, mark: str) -> None:
    made, source = of_text(mark + TEXT.replace("\n", newline))
    assert reads(made, source) == [("author", 3, 10), ("name", 3, 17), ("author", 3, 30)]


def test_attributes_of_filters_and_items() -> None:
    text = "{{ rows|map(attribute='author.name')|list }}{{ one['author'].name }}{{ one|attr('x') }}"
    made, source = of_text(text)
    assert reads(made, source) == [
        ("author", 1, 24),
        ("name", 1, 31),
        ("name", 1, 62),
        ("x", 1, 82),
    ]


def test_an_expression_over_several_lines() -> None:
    made, source = of_text("{{ one\n  .author\n  .name }}\n{{ one.\n name }}")
    assert reads(made, source) == [("author", 2, 4), ("name", 3, 4), ("name", 5, 2)]


def test_loops_and_what_they_go_over() -> None:
    made, source = of_text("<ul>\n  {% for b in books|sort %}{{ b.x }}{% endfor %}\n</ul>")
    loop = next(node for node in ast.walk(made.function) if isinstance(node, ast.For))
    line, over = made.place(loop), made.place(loop.iter)
    assert line is not None and over is not None
    assert source.slice(line.span) == "{% for b in books|sort %}{{ b.x }}{% endfor %}"
    assert source.slice(over.span) == "sort"


def test_nodes_of_an_included_file_are_in_that_file() -> None:
    files = {
        "main.html": "{{ one.a }}{% include 'row.html' %}{{ one.a }}",
        "row.html": "\n{{ one.b }}",
    }
    made = renderer(files)
    found = {
        (node.attr, place.path.name, place.span.start)
        for node in ast.walk(made.function)
        if isinstance(node, ast.Attribute) and (place := made.place(node))
    }
    assert found == {("a", "main.html", 7), ("a", "main.html", 42), ("b", "row.html", 8)}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('x = """é\n{{ one.author }}\n"""', "author"),
        ("x = '{{ one.author }}'", "author"),
        ("x = '\\x7b{ one.author }}'", "'\\x7b{ one.author }}'"),
    ],
)
def test_a_text_in_python_code(code: str, shown: str) -> None:
    source = SourceFile(Path("/project/views.py"), code.encode())
    (assigned,) = ast.parse(code).body
    assert isinstance(assigned, ast.Assign)
    literal = assigned.value
    assert isinstance(literal, ast.Constant)
    found = parse_text(literal.value, source, source.place(literal))
    assert found is not None
    made = template_function("a text", found, lambda name: None)
    assert made is not None
    read = next(node for node in ast.walk(made.function) if isinstance(node, ast.Attribute))
    place = made.place(read)
    assert place is not None and place.path == source.path
    assert source.slice(place.span) == shown


def test_a_text_that_is_no_template() -> None:
    source = SourceFile(Path("/project/views.py"), b"x = '{% for %}'")
    assert parse_text("{% for %}", source, Place(source.path, Span(4, 15))) is None


@pytest.mark.parametrize("name", ALL)
def test_every_node_has_a_place_and_stands_once(name: str) -> None:
    templates = ALL[name]
    made = renderer(templates)
    found = filter(None, (parsed(templates, key) for key in templates))
    sources = {each.source.path: each.source for each in found}
    seen = set()
    for statement in made.function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg):
                assert id(node) not in seen
                seen.add(id(node))
            if isinstance(node, ast.expr | ast.stmt):
                place = made.place(node)
                assert place is not None, ast.dump(node)
                assert 0 <= place.span.start <= place.span.end <= len(sources[place.path].text)


PIECES = [
    "{{", "}}", "{%", "%}", "{%-", "-%}", "{#", "#}", " ", "\n", "\r\n", "\r", "\ufeff", "é", "𝄞", "(", ")",
    "[0]", "['x']", ".", ",", "|", "=", "==", "'", '"', "a", "b.c", "one", "1", " in ", " is ", " if ",
    " else ", "for ", "endfor", "set ", "macro m(a)", "endmacro", "call(r) m(b)", "endcall", "block x",
    "endblock", "extends 'main.html'", "include 'main.html'", "import 'main.html' as m", "super()",
    "loop", "recursive", "namespace(x=1)", "map(attribute='a.b')", "sort", "first", "groupby('a')",
    "trans x=a", "endtrans", "do ", "break", "with a=b", "endwith", "cache 1", "filter upper",
]  # fmt: skip
TAGS = [
    "{% for b in books %}", "{% else %}", "{% endfor %}", "{{ b.author.name }}", "{{ loop(b.kids) }}",
    "{% for b in b.kids recursive %}", "{% if b %}", "{% endif %}", "{% set a = b.x %}", "{{ a|first }}",
    "{% macro m(a, c=b) %}", "{% endmacro %}", "{{ m(b, c=1, d=2) }}", "{% call(r) m(b) %}", "{% endcall %}",
    "{{ caller(b) }}", "{% block x scoped %}", "{% endblock %}", "{{ super() }}", "{{ self.x() }}",
    "{% extends 'main.html' %}", "{% include 'main.html' %}", "{% import 'main.html' as m %}",
    "{% from 'main.html' import m, x with context %}", "{% set ns = namespace(x=b) %}", "{% with %}",
    "{% set ns.x = b.y %}", "{{ ns.x }}", "{% endwith %}", "{% set z %}", "{% endset %}", "{{ kwargs.x }}",
    "{{ b|map(attribute='x.0')|first }}", "{{ loop.previtem.x }}", "{{ b|sum(attribute='c') }}", "\n",
    "{% break %}", "{% filter upper %}", "{% endfilter %}", "{{ b[1:c.x] }}", "{% nothing %}", "{{ b.items() }}",
]  # fmt: skip


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
    | st.lists(st.sampled_from(TAGS), max_size=14).map("".join)
    | st.text(alphabet=string.printable + "{}%#é\u2028", max_size=60)
)
def test_any_text_is_read(text: str) -> None:
    source = SourceFile(FOLDER / "main.html", text.encode())
    found = parse_template(source)
    if not isinstance(found, ParsedTemplate):
        assert 1 <= found.row <= source.rows
        return
    made = template_function("main.html", found, {"main.html": found}.get)
    assert made is not None
    ast.unparse(made.function)
    for place in made.places.values():
        assert 0 <= place.span.start <= place.span.end <= len(source.text)


def test_nodes_of_extensions_that_have_no_line() -> None:
    text = (
        "{% macro names(rows) %}\n"
        "{% trans count=rows.total() %}{{ count }} of {% pluralize %}s{% endtrans %}\n"
        "{% endmacro %}\n{{ names(one.books) }}"
    )
    made, source = of_text(text)
    assert reads(made, source) == [("total", 2, 21), ("books", 4, 14)]
