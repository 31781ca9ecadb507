"""A template as a function reads what jinja2 reads when it renders the template."""

from __future__ import annotations

import ast

import pytest
from template_rows import parsed, read_by, really_read, renderer

from codemods.orm.template_functions import template_function

# The rows of the table of what is read, each as one template.
READ = {
    "attributes": "{% for b in books %}{{ b.author.name }}{% endfor %}",
    "items": "{% for b in books %}{{ b['author']['name'] }}{{ b|attr('editor') }}{% endfor %}",
    "condition": "{% for b in books %}{% if b.author %}{{ b.author.city.name }}{% endif %}{% endfor %}",
    "defined": "{% for b in books %}{% if b.author is defined %}{{ b.editor is none }}{% endif %}"
    "{{ b.owner and b.city }}{{ b.country|default('x') }}{{ b.city or b.x }}{% endfor %}",
    "default of a read": "{{ one.missing|default(one.author.name) }}{{ one.x|d(one.owner, true) }}",
    "inner loop": "{% for b in books %}{% for p in b.pages %}{{ p.text }}{% endfor %}"
    "{{ b.tags|length }}{{ b.kids[0].name }}{{ (b.books|first).name }}{% endfor %}",
    "filtered loop": "{% for b in books if b.author.name == 'name' %}{{ b.title }}{% endfor %}",
    "filtered away": "{% for b in books if b.author.name == 'other' %}{{ b.title }}{% endfor %}",
    "map": "{{ books|map(attribute='author.name')|join(', ') }}",
    "map with a number": "{{ books|map(attribute='pages.0.text')|list }}",
    "map of attr": "{{ books|map('attr', 'author')|map(attribute='name')|list|length }}",
    "map with default": "{% for n in books|map(attribute='author.x', default='') %}{{ n }}{% endfor %}",
    "unused map": "{% set x = books|map(attribute='author.name') %}{{ one.name }}",
    "selectattr": "{% for b in books|selectattr('author') %}{{ b.title }}{% endfor %}",
    "rejectattr": "{{ books|rejectattr('missing')|map(attribute='x')|list|length }}",
    "selectattr by test": "{{ books|selectattr('author.city.name', 'equalto', 'name')|list|length }}",
    "argument of a test": "{{ books|selectattr('author.name', 'eq', one.name)|join }}",
    "first of some": "{{ books|selectattr('author')|map(attribute='owner')|first }}",
    "first of map": "{{ (books|map(attribute='author')|first).name }}",
    "select": "{{ books|select|list|length }}{{ numbers|reject('none')|list }}{{ one.x }}",
    "groupby": "{% for g in books|groupby('author.name') %}{{ g.grouper }}"
    "{% for b in g.list %}{{ b.title }}{% endfor %}{% endfor %}",
    "groupby in pairs": "{% for k, v in books|groupby('author.name') %}"
    "{% for b in v %}{{ b.editor.name }}{% endfor %}{% endfor %}",
    "groupby with a name": "{% set groups = books|groupby('author.name') %}{% for g in groups %}"
    "{{ g.list|length }}{{ g[1]|map(attribute='title')|join }}{% endfor %}",
    "sort": "{% for b in books|sort(attribute='author.name,title') %}{{ b.text }}{% endfor %}",
    "sort by position": "{{ (books|sort(false, true, 'owner.name'))[0].x }}",
    "unique": "{{ books|unique(attribute='author.name')|list|length }}",
    "lazy and not consumed": "{{ books|map(attribute='author') }}{{ one.x }}{% if books|selectattr('x') %}"
    "{{ one.y }}{% elif books|map(attribute='x') %}{% endif %}{{ one.z if books|select('x') }}"
    "{{ not books|rejectattr('x') }}{{ books|map(attribute='x')|string }}"
    "{% set unused = one.books|map(attribute='x')|selectattr('y') %}",
    "unused unique": "{% set x = books|unique(attribute='author.name') %}{{ one.name }}",
    "min and max": "{{ (books|min(attribute='author.age')).title }}"
    "{{ (books|max(attribute='editor.age')).title }}",
    "sum": "{{ books|sum(attribute='author.age') }}{{ books|sum('owner.age', 1) }}",
    "join": "{{ books|join(', ', attribute='editor.name') }}{{ books|join }}",
    "batch": "{% for r in books|batch(2) %}{% for b in r %}{{ b.author.name }}{% endfor %}{% endfor %}",
    "slice": "{% for r in books|slice(2) %}{% for b in r %}{{ b.author.name }}{% endfor %}{% endfor %}",
    "reverse and list": "{% for b in books|reverse|list %}{{ b.author.name }}{% endfor %}",
    "a slice": "{% for b in books[:2] %}{{ b.author.name }}{% endfor %}{{ books[-1].name }}",
    "first and last": "{{ (books|first).author.name }}{{ (books|last).owner.name }}",
    "break": "{% for b in books %}{{ b.author.name }}{% break %}{% endfor %}",
    "continue": "{% for b in books %}{% if b.x %}{% continue %}{% endif %}{{ b.author }}{% endfor %}",
    "unused set": "{% for b in books %}{% set a = b.author %}{% endfor %}",
    "with": "{% for b in books %}{% with a = b.editor, c = b.owner.name %}{{ a.name }}{% endwith %}"
    "{% endfor %}",
    "do": "{% for b in books %}{% do b.author %}{% do b.method(b.owner) %}{% endfor %}",
    "namespace": "{% set ns = namespace(x=one.author, y=1) %}{% for b in books %}"
    "{% set ns.x = b.author %}{% set ns.z = b.owner %}{% endfor %}{{ ns.x.name }}{{ ns.z.city.name }}",
    "text of a row": "{% for b in books %}{{ b }}{{ b.author ~ '' }}{{ b.editor|string }}"
    "{{ 'x' ~ b.owner.name }}{% endfor %}{{ books|map('string')|list }}",
    "changed": "{% for b in books %}{% if loop.changed(b.author.name) %}{% endif %}"
    "{{ loop.cycle(b.x, b.y) }}{{ loop.index }}{% endfor %}",
    "one of two": "{% for b in books %}{{ b.author if b.missing else b.editor }}{% endfor %}",
    "elif": "{% for b in books %}{% if b.missing %}{{ b.author }}{% elif b.x %}{{ b.owner }}"
    "{% else %}{{ b.y }}{% endif %}{{ b.city if b.missing }}{% endfor %}",
    "recursive": "{% for b in books recursive %}{{ b.name }}{% if b.kids %}{{ loop(b.kids) }}"
    "{% endif %}{% endfor %}",
    "trans": "{% for b in books %}{% trans n=b.author.name %}Hello {{ n }}{% endtrans %}"
    "{% trans count=b.pages|length %}{{ count }} page{% pluralize %}{{ count }} pages{% endtrans %}"
    "{% endfor %}",
    "dicts": "{% for d in wrapped %}{{ d['b'].author.name }}{{ d.b.owner.name }}{% endfor %}"
    "{% for k, b in named.items() %}{{ b.editor.name }}{% endfor %}",
    "pairs of dicts": "{% for k, b in named|items %}{{ b.owner.name }}{% endfor %}"
    "{% for k, b in named|dictsort %}{{ b.city.name }}{% endfor %}",
    "tuples": "{% for b, n in pairs %}{{ b.author.name }}{% endfor %}",
    "index": "{% for i in range(3) %}{{ books[i].editor.name }}{% endfor %}"
    "{% for i in numbers %}{{ books[i].owner.name }}{% endfor %}",
    "an item named as a method": "{% for b in page['items'] %}{{ b.author.name }}{% endfor %}",
    "texts": "{% for b in books %}{{ b.author.name|upper|replace('a', b.owner.name) }}"
    "{{ b.city.name|truncate(b.age) }}{{ b.age|round }}{% endfor %}",
    "a filter of the project": "{% for b in books %}{{ b.editor.name|money(b.owner) }}{% endfor %}",
    "filter block": "{% filter replace('x', one.x) %}{{ one.author.name }}{% endfilter %}",
    "set block": "{% set x %}{{ one.author.name }}{% endset %}{{ x }}",
    "autoescape": "{% autoescape true %}{{ one.author.name }}{% endautoescape %}",
    "not run": "{% raw %}{{ one.owner }}{% endraw %}{# {{ one.city }} #}{{ one.x }}",
    "globals": "{{ url_for('x', b=one, c=one.author.name) }}{{ _(one.title) }}{{ one.x }}",
    "operators": "{{ {'a': one.owner.name}['a'] }}{{ [one.city, one.x][0].name }}"
    "{{ -one.age + one.age * 2 }}{{ one.age in [one.age] }}{{ not one.country }}",
    "list of reads": "{% set rows = [] %}{% for b in books %}{% do rows.append(b.author) %}{% endfor %}"
    "{% for a in rows %}{{ a.name }}{% endfor %}",
    "related rows in one line": "{% for b in books %}{{ b.pages|map(attribute='text')|join(', ') }}"
    "{{ b.tags|selectattr('x')|map(attribute='owner')|map(attribute='name')|list }}{% endfor %}",
    "chain": "{% for b in books|selectattr('author')|sort(attribute='owner.name')|list %}{{ b.x }}"
    "{% endfor %}",
}

# The rows of the table of names and scopes.
SCOPES = {
    "set in a loop": "{% set a = one %}{% for b in books %}{% set a = b.author %}{{ a.x }}{% endfor %}"
    "{{ a.name }}",
    "set under a condition": "{% for b in books %}{% if b.x %}{% set a = b.author %}{% endif %}"
    "{{ a.name }}{% endfor %}{% if yes %}{% set q = one.author %}{% endif %}{{ q.name }}",
    "unset again": "{% for b in books %}{% if b.missing %}{% set a = b.author %}{% endif %}"
    "{{ a.name if a }}{% endfor %}",
    "hidden": "{% for b in books %}{% for b in b.kids %}{{ b.name }}{% endfor %}{{ b.author.name }}"
    "{% endfor %}{{ b }}",
    "hidden for a while": "{% set b = one %}{% for b in books %}{{ b.author.name }}{% endfor %}"
    "{{ b.owner.name }}",
    "name of a builtin": "{% set list = books %}{% for str in list %}{{ str.author.name }}{% endfor %}",
    "macro": "{% macro m(b, c=one.author) %}{{ b.name }}{{ c.name }}{{ varargs|length }}"
    "{{ varargs[0].city }}{{ kwargs.z.country.name }}{% endmacro %}"
    "{{ m(one, one.editor, one, z=one) }}",
    "default of a macro": "{% macro m(b, c=one.author, d='x') %}{{ b.name }}{{ c.name }}{{ d }}"
    "{% endmacro %}{{ m(one) }}",
    "keyword of a macro": "{% macro m(b) %}{{ b.author }}{% endmacro %}{% for b in books %}"
    "{{ m(b=b.owner) }}{% endfor %}",
    "unused macro": "{% macro m(b) %}{{ b.author }}{{ one.author }}{% endmacro %}{{ one.x }}",
    "macros in any order": "{% macro m(b) %}{{ b.name }}{{ n(x=b) }}{% endmacro %}"
    "{% macro n(x) %}{{ x.author.name }}{% endmacro %}{{ m(one) }}",
    "macro of itself": "{% macro tree(rows) %}{% for r in rows %}{{ r.name }}{{ tree(r.kids) }}"
    "{% endfor %}{% endmacro %}{{ tree(books) }}",
    "macro and loop": "{% set b = books[0] %}{% macro m() %}{{ b.author.name }}{% endmacro %}"
    "{% for b in books %}{{ m() }}{% endfor %}",
    "call": "{% macro m(rows) %}{% for r in rows %}{{ caller(r, n=1) }}{% endfor %}{{ rows|length }}"
    "{% endmacro %}{% call(b, n) m(books) %}{{ b.author.name }}{{ n }}{{ one.owner.name }}"
    "{% endcall %}",
    "call or not": "{% macro m() %}{% if caller %}{{ caller() }}{% endif %}{{ one.x }}{% endmacro %}"
    "{{ m() }}{% call m() %}{{ one.author.name }}{% endcall %}",
    "namespace in a recursive loop": "{% set ns = namespace(n=0) %}{% for b in books recursive %}"
    "{% set ns.n = b.author %}{{ loop(b.kids) }}{% endfor %}{{ ns.n.name }}",
}

# Several templates; `main.html` is rendered.
FILES = {
    "include": {
        "main.html": "{% for b in books %}{% set o = b.owner %}{% include 'row.html' %}{{ b.title }}"
        "{% endfor %}",
        "row.html": "{{ b.author.name }}{{ o.name }}{% for b in b.kids %}{{ b.name }}{% endfor %}"
        "{% set b = one %}{{ b.text }}",
    },
    "include without context": {
        "main.html": "{% for b in books %}{% include 'row.html' without context %}{{ b.title }}"
        "{% endfor %}",
        "row.html": "{% if not b %}{% set b = 1 %}{% endif %}{% for b in [1] %}{{ b }}{% endfor %}",
    },
    "include of the first": {
        "main.html": "{% include ['no.html', 'row.html', 'last.html'] %}"
        "{% include 'none.html' ignore missing %}{% include 'last.html' if no else 'row2.html' %}",
        "row.html": "{{ one.author.name }}",
        "row2.html": "{{ one.owner.name }}",
        "last.html": "{{ one.city.name }}",
    },
    "include of a page": {
        "main.html": "{% block body %}{{ one.a }}{% include 'page.html' %}{% endblock %}",
        "page.html": "{% extends 'base.html' %}{% block body %}{{ one.author.name }}{% endblock %}",
        "base.html": "{{ one.b }}{% block body %}{% endblock %}",
    },
    "extends": {
        "main.html": "{{ one.first }}{% extends 'base.html' %}{% set t = one.author %}{{ one.out }}"
        "{% for b in books %}{{ b.out }}{% set q = b.loop %}{% endfor %}{% if one.cond %}{{ one.out }}"
        "{% endif %}{% block body %}{{ t.name }}{% for b in books %}{{ b.author.name }}{% endfor %}"
        "{% endblock %}{% block unused %}{{ one.unused }}{% endblock %}{% include 'row.html' %}",
        "base.html": "{{ t.city.name }}{% block title %}{{ one.title }}{% endblock %}"
        "{% block body %}{{ one.never }}{% endblock %}",
        "row.html": "{{ one.row }}",
    },
    "extends and inner blocks": {
        "main.html": "{% extends 'base.html' %}{% for b in books %}{% block q scoped %}{{ b.x }}"
        "{% endblock %}{% endfor %}{% if one.a %}{% block z %}{{ one.z }}{% endblock %}{% endif %}"
        "{% set x %}{{ one.author.name }}{% endset %}{% filter upper %}{{ one.f }}{% endfilter %}"
        "{% macro m() %}{{ caller() }}{{ one.m }}{% endmacro %}{% call m() %}{{ one.c }}{% endcall %}",
        "base.html": "{{ one.b }}",
    },
    "super": {
        "main.html": "{% extends 'mid.html' %}{% block body %}{{ super() }}{{ one.a }}{% endblock %}",
        "mid.html": "{% extends 'base.html' %}{% block body %}{{ one.b }}{{ super()|upper }}"
        "{% endblock %}{% block gone %}{{ one.gone }}{% endblock %}",
        "base.html": "{% block body %}{{ one.c }}{% endblock %}",
    },
    "self": {
        "main.html": "{% block title %}{{ one.author.name }}{% endblock %}{{ self.title() }}",
    },
    "scoped block": {
        "main.html": "{% extends 'base.html' %}{% block row %}{{ b.author.name if b }}{% endblock %}",
        "base.html": "{% for b in books %}{% block row scoped %}{% endblock %}{% endfor %}",
    },
    "block in a loop": {
        "main.html": "{% extends 'base.html' %}{% block row %}{{ b.author.name if b }}{{ one.x }}"
        "{% endblock %}",
        "base.html": "{% for b in books %}{% block row %}{% endblock %}{{ b.title }}{% endfor %}",
    },
    "extends one of two": {
        "main.html": "{% extends 'a.html' if one.missing else 'b.html' %}"
        "{% block x %}{{ one.x }}{% endblock %}",
        "a.html": "{{ one.a }}{% block x %}{% endblock %}",
        "b.html": "{{ one.b }}{% block x %}{% endblock %}",
    },
    "import": {
        "main.html": "{% import 'm.html' as m %}{% from 'm.html' import cell as c, row %}"
        "{% for b in books %}{{ m.cell(b.author) }}{{ c(x=b.owner) }}{{ row(b) }}{% endfor %}",
        "m.html": "{% macro row(b) %}{{ cell(b.editor) }}{% endmacro %}{% macro cell(x, y=1) %}"
        "{{ x.name }}{{ y }}{% if books %}{{ x.never }}{% endif %}{% endmacro %}"
        "{% macro unused(x) %}{{ x.never }}{% endmacro %}",
    },
    "import of the same twice": {
        "main.html": "{% from 'n.html' import n %}{% for b in books %}{% import 'm.html' as m %}"
        "{{ m.f(b) }}{{ n(b) }}{% endfor %}",
        "n.html": "{% macro n(b) %}{% from 'm.html' import f as g %}{{ g(b.editor) }}{% endmacro %}",
        "m.html": "{% macro f(b) %}{{ b.author.name }}{% endmacro %}",
    },
    "import with context": {
        "main.html": "{% for v in books %}{% import 'm.html' as m with context %}{{ m.f() }}"
        "{{ m.v.city.name }}{{ v.x }}{% endfor %}",
        "m.html": "{% set v = one.author %}{% macro f() %}{{ v.name }}{{ one.owner.name }}"
        "{% endmacro %}{{ one.out }}",
    },
    "macro of a module in a loop": {
        "main.html": "{% import 'm.html' as m %}{% for t in books %}{{ m.f(t) }}{{ t.x }}{% endfor %}",
        "m.html": "{% set t = [1] %}{% macro f(b) %}{% for i in t %}{{ b.author }}{% endfor %}"
        "{% endmacro %}",
    },
    "include of itself": {
        "main.html": "{% set rows = books %}{% include 'tree.html' %}",
        "tree.html": "{% for r in rows %}{{ r.name }}{% with rows = r.kids %}"
        "{% if rows and not deep %}{% set deep = true %}{% include 'tree.html' %}{% endif %}"
        "{% endwith %}{% endfor %}",
    },
}
ALL = {
    **{name: {"main.html": text} for name, text in {**READ, **SCOPES}.items()},
    **FILES,
}


@pytest.mark.parametrize("name", ALL)
def test_reads_what_jinja_reads(name: str) -> None:
    templates = ALL[name]
    really = really_read(templates)
    assert really, "the case reads nothing"
    made = renderer(templates)
    assert read_by(made) == really, ast.unparse(made.function)


def written(templates: dict[str, str]) -> str:
    return ast.unparse(renderer(templates).function)


# What is not resolved is silent, or happens under a condition that nobody knows.

SUBSETS = {
    "the row before": "{% for b in books %}{{ loop.previtem.author.name if loop.previtem }}"
    "{{ loop.nextitem['author'] if loop.nextitem }}{{ b.x }}{% endfor %}",
    "a row before by name": "{% for b in books %}{% set p = loop.previtem %}"
    "{{ p.author.name if p }}{{ b.x }}{% endfor %}",
    "loop.first": "{% for b in books %}{% if loop.first %}{{ b.author }}{% endif %}{{ b.x }}"
    "{% endfor %}",
    "no items": "{% for b in [] %}{% else %}{{ one.author }}{% endfor %}{{ one.x }}",
    "computed include": "{{ one.x }}{% include 'row' ~ '.html' %}",
}


@pytest.mark.parametrize("name", SUBSETS)
def test_reads_less_where_it_cannot_be_told(name: str) -> None:
    templates = {"main.html": SUBSETS[name], "row.html": "{{ one.author }}"}
    really, read = really_read(templates), read_by(renderer(templates))
    assert read < really
    assert read


def test_the_row_before_is_read_under_a_condition() -> None:
    text = "{% for b in books %}{{ loop.previtem.author['name'] }}{% endfor %}"
    assert "b.author['name'] if loop.previtem else None" in written({"main.html": text})


def test_what_the_row_before_is_called_is_not_known() -> None:
    text = "{% for b in books %}{% set p = loop.previtem %}{{ p.author }}{% endfor %}"
    assert "p = loop.previtem" in written({"main.html": text})


@pytest.mark.parametrize(
    "text",
    [
        "{{ books|map(attribute='author') }}",
        "{% if books|selectattr('author') %}{% endif %}",
        "{% set x = books|map(attribute='author')|map(attribute='x') %}",
        "{{ 1 if books|map(attribute='author') }}",
    ],
)
def test_what_is_not_consumed_is_not_even_written(text: str) -> None:
    assert "author" not in written({"main.html": text})


def test_an_unmapped_name_is_read_like_any_other() -> None:
    assert "{b.nope}" in written({"main.html": "{% for b in books %}{{ b.nope }}{% endfor %}"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ one|money(1, by=one.x) }}", "filter money(one, 1, by=one.x)"),
        ("{{ one is late(1) }}", "test late(one, 1)"),
        ("{{ books|map('money')|list }}", "filter money(item) for item in books"),
        ("{{ books|map(attribute=one.x)|list }}", "filter map(books, attribute=one.x)"),
        ("{{ books|selectattr('x', 'late')|list }}", "if test late(item.x)"),
        ("{{ one.total(2) }}", "one.total(2)"),
        (
            "{% macro m(a, b=2, c=one, d=4) %}{% endmacro %}{{ m(one, d=one.x) }}",
            "m(one, 2, None, one.x)",
        ),
        (
            "{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% call m(one) %}{% endcall %}",
            "m(one, caller_2)",
        ),
        ("{{ today(one) }}", "today(one)"),
        ("{% include 'gone.html' %}{{ one }}", "f'{one}'"),
        ("{% import 'gone.html' as m %}{{ m.f(one) }}", "f of gone.html(one)"),
        ("{% from 'gone.html' import f as g %}{{ g(one) }}", "f of gone.html(one)"),
        ("{% cache 500, one.x %}{{ one.author }}{% endcache %}", "if _:\n        f'{one.author}'"),
        ("{{ request.args.get('q') }}{{ one }}", ".args.get('q')}"),
    ],
)
def test_what_is_not_known(text: str, expected: str) -> None:
    assert expected in written({"main.html": text})


def test_blocks_of_an_unknown_parent_may_not_be_shown() -> None:
    text = "{% extends 'gone.html' %}{% block a %}{{ one.x }}{% block b %}{{ one.y }}{% endblock %}"
    made = written({"main.html": text + "{% endblock %}"})
    assert made.count("one.y") == 1
    assert "if the unknown parent shows the block:\n        f'{one.x}'" in made


def test_an_imported_template_is_written_once() -> None:
    files = dict(FILES["import of the same twice"])
    assert written(files).count("def ") == 3
    files["n.html"] = "{% import 'm.html' as m %}{% macro n(b) %}{{ m.f(b) }}{% endmacro %}"
    files["m.html"] = "{% import 'n.html' as n %}{% macro f(b) %}{{ n.n(b) }}{% endmacro %}"
    assert written(files).count("def ") == 3


def test_a_parent_under_a_condition() -> None:
    text = "{{ one.a }}{% if full %}{% extends 'base.html' %}{% endif %}{{ one.b }}"
    made = written({"main.html": text, "base.html": "{{ one.c }}"})
    assert "f'{one.a}'\n    if this template is shown by itself:" in made


def test_given_names_are_not_those_of_every_template() -> None:
    text = "{{ request.author }}{{ url_for(one) }}"
    main = parsed({"main.html": text}, "main.html")
    assert main is not None
    made = template_function("x", main, lambda name: None, given=frozenset({"request", "url_for"}))
    assert made is not None
    assert [item.arg for item in made.function.args.args] == ["one", "request", "url_for"]


def test_a_name_can_be_that_of_a_builtin() -> None:
    made = renderer({"main.html": "{% for range in range(2) %}{{ range|length }}{% endfor %}"})
    assert made.names == {"builtin range": "builtins.range"}
    assert "in builtin range(2):\n        f'{len(range)}'" in ast.unparse(made.function)


def test_symbols_are_handed_on() -> None:
    main = parsed({"main.html": "{{ one|money }}"}, "main.html")
    assert main is not None
    symbols = {"filter money": "app.filters.money"}
    made = template_function("x", main, lambda name: None, symbols=symbols)
    assert made is not None
    assert made.names["filter money"] == "app.filters.money"
