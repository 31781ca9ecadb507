"""What a template says by itself, and that no text keeps that from being read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.nodes import Getattr, If

from codemods.facts.templates import (
    ParsedTemplate,
    Syntax,
    TemplateFacts,
    TemplateProblem,
    parse_template,
    read_template,
    walk,
)
from codemods.source import SourceFile

PATH = Path("/project/templates/page.html")


def read(text: str, syntax: Syntax | None = None) -> TemplateFacts:
    return read_template(SourceFile(PATH, text.encode()), syntax or Syntax())


def test_references_in_order() -> None:
    facts = read(
        "{% extends 'base.html' %}{% include ['a.html', 'b.html'] %}{% import 'm.html' as m %}"
        "{% from 'n.html' import x %}{% include 'c.html' if x else 'd.html' %}{% include 'a.html' %}"
    )
    names = ("base", "a", "b", "m", "n", "c", "d")
    assert facts.references == tuple(f"{name}.html" for name in names)
    assert not facts.computed


@pytest.mark.parametrize(
    "tag", ["{% include name %}", "{% extends 'a' ~ x %}", "{% include ['a.html', x] %}"]
)
def test_a_name_that_is_worked_out(tag: str) -> None:
    assert read(tag).computed


def test_attributes() -> None:
    facts = read(
        "{{ a.author['name'] }}{{ rows|map(attribute='owner.city.0')|list }}{{ b[c.key] }}"
        "{{ rows|sort(attribute='x,y.z') }}{{ rows|selectattr('late') }}{# d.none #}"
    )
    expected = {"author", "name", "owner", "city", "key", "x", "y", "z", "late"}
    assert facts.attributes == expected


def test_equal_facts_of_equal_files() -> None:
    assert read("{{ a.b }}") == read("{{ a.b }}") != read("{{ a.c }}")


def test_unknown_tags_are_read_over() -> None:
    text = "{% cache 500,\n 'x' %}\n{{ a.author }}\n{% endcache %}\n{%- assets 'css' -%}{{ ASSET.url }}"
    facts = read(text + "{% endassets %}{% if a.x %}{% endif %}")
    assert facts.unknown_tags == ("cache", "assets")
    assert facts.attributes == {"author", "url", "x"}


def conditions(text: str) -> int:
    found = parse_template(SourceFile(PATH, text.encode()))
    assert isinstance(found, ParsedTemplate)
    return sum(isinstance(node, If) for node in walk(found.tree))


def test_what_an_unknown_tag_encloses_may_be_left_out() -> None:
    assert conditions("{% cache 5 %}{{ a.author }}{% endcache %}") == 1
    assert conditions("{%- css -%}{{ a.author }}{%- endcss -%}") == 1
    assert conditions("{% cache 5,\n 'x' %}{% endcache %}{%cache%}{%endcache%}") == 2


def test_an_unknown_tag_that_encloses_nothing_is_blank() -> None:
    assert conditions("{% csrf %}{{ a.author }}{% csrf %}") == 0
    assert conditions("{%x%}{{ a.author }}{%endx%}") == 0
    assert conditions("{% cache %}{% for a in b %}{% endcache %}{% endfor %}") == 0


def test_lines_stay_right_behind_an_unknown_tag() -> None:
    source = SourceFile(PATH, b"{% cache 1,\r\n 2 %}\r\n{{ a.author }}{% endcache %}")
    found = parse_template(source)
    assert isinstance(found, ParsedTemplate)
    assert [node.lineno for node in walk(found.tree) if isinstance(node, Getattr)] == [3]


@pytest.mark.parametrize(
    ("text", "row"),
    [("a\n{{a: 1}}", 2), ("{% for a in b %}\n\n", 1), ("\n\n{% endfor %}", 3), ("{{ 'x }}", 1)],
)
def test_an_error_is_a_value(text: str, row: int) -> None:
    problem = read(text).problem
    assert problem is not None
    assert problem.row == row


@pytest.mark.parametrize("text", ["{{ " + "(" * 5000, "{{ " + "1" * 5000 + " }}", "{{ -" * 2000])
def test_a_text_that_breaks_the_parser(text: str) -> None:
    assert read(text).problem is not None


def test_bytes_that_are_no_text() -> None:
    facts = read_template(SourceFile(PATH, b"\xff\xfe\x00"))
    assert isinstance(facts.problem, TemplateProblem)


def test_other_delimiters() -> None:
    syntax = Syntax(block_start_string="<%", block_end_string="%>", line_statement_prefix="#")
    facts = read("# for a in rows\n{{ a.author }}\n# endfor\n<% include 'x.html' %>", syntax)
    assert facts.references == ("x.html",)
    assert read("<% card 1 %>{{ a.x }}\n# card 2\n", syntax).unknown_tags == ("card",)


@settings(max_examples=300)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            ["{{", "}}", "{%", "%}", "{#", "#}", "for", "a.b", " in ", "'", "x ", "end"]
        )
    ).map("".join)
    | st.binary(max_size=30).map(lambda data: data.decode("latin-1"))
)
def test_any_text_is_read(text: str) -> None:
    source = SourceFile(PATH, text.encode("utf-8", "surrogatepass"))
    facts = read_template(source)
    assert facts.path == PATH
    if facts.problem is not None:
        assert facts.problem.row >= 1
        assert facts.references == ()


@settings(max_examples=100)
@given(st.binary(max_size=40))
def test_any_bytes_are_read(data: bytes) -> None:
    assert read_template(SourceFile(PATH, data)).path == PATH
