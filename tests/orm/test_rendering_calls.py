"""Which template a call renders, and with which names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from codemods.facts.symbols import symbol
from codemods.orm.rendering_calls import (
    Lookups,
    ModuleText,
    RenderCall,
    rendered_by,
    returned_by_view,
    view_template,
)
from codemods.source import Place, Span

NAMES = {
    "render_template": "flask.render_template",
    "render_template_string": "flask.render_template_string",
    "stream_template": "flask.templating.stream_template",
    "Template": "jinja2.Template",
    "render": "pyramid.renderers.render",
    "get_template": "django.template.loader.get_template",
    "mako": "mako.lookup",
}


def resolve(dotted: str) -> str | None:
    first, _, rest = dotted.partition(".")
    return NAMES.get(first) and f"{NAMES[first]}.{rest}".rstrip(".")


def rendered(text: str, before: str = "") -> RenderCall | None:
    assigned = {
        target.id: node.value
        for node in ast.parse(before).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    return rendered_by(call, lookups=Lookups(resolve, assigned.get))


def told(found: RenderCall | None) -> tuple[object, ...]:
    assert found is not None
    context = {name: ast.unparse(value) for name, value in found.context.items()}
    return found.templates, context, tuple(map(ast.unparse, found.spread))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("render_template('x.html', a=rows)", (("x.html",), {"a": "rows"}, ())),
        (
            "render_template('x.html', a=1, **{'b': 2, **more}, **context)",
            (("x.html",), {"a": "1", "b": "2"}, ("more", "context")),
        ),
        ("render_template('x.html', **locals())", (("x.html",), {}, ("locals()",))),
        ("render_template('x.html', **dict(a=1))", (("x.html",), {"a": "1"}, ())),
        ("render_template(template_name_or_list='x', a=1)", (("x",), {"a": "1"}, ())),
        ("render_template('a' if x else 'b', c=1)", (("a", "b"), {"c": "1"}, ())),
        ("env.get_template('x').render(a=1)", (("x",), {"a": "1"}, ())),
        ("env.get_template('x').render({'a': 1}, b=2)", (("x",), {"a": "1", "b": "2"}, ())),
        ("self.env.get_template('x').render(context)", (("x",), {}, ("context",))),
        (
            "templates.TemplateResponse(request, 'x', {'rows': rows})",
            (("x",), {"rows": "rows"}, ()),
        ),
        (
            "templates.TemplateResponse('x', {'request': request, 'rows': rows})",
            (("x",), {"rows": "rows"}, ()),
        ),
        (
            "templates.TemplateResponse(request=request, name='x', context=dict(rows=rows))",
            (("x",), {"rows": "rows"}, ()),
        ),
        (
            "templates.TemplateResponse('x', {'request': orders, 'a': 1} | more)",
            (("x",), {"request": "orders", "a": "1"}, ("more",)),
        ),
        ("templates.TemplateResponse(request, 'x')", (("x",), {}, ())),
        ("templates.TemplateResponse(request, 'x', context)", (("x",), {}, ("context",))),
        ("render('templates/x.jinja2', {'a': 1}, request=r)", (("templates/x.jinja2",), {"a": "1"}, ())),
    ],
)  # fmt: skip
def test_name_and_context(text: str, expected: tuple[object, ...]) -> None:
    assert told(rendered(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "render_template(name, a=1)",
        "render_template(f'{x}.html', a=1)",
        "render_template('a' if x else name)",
        "render_template(['a', name])",
        "render_template('x.html', {'a': 1})",
        "render_template()",
        "render_template(*args)",
        "other('x.html', a=1)",
        "templates.TemplateResponse(request, name, {'a': 1})",
        "templates.TemplateResponse(*args)",
        "env.get_template(name).render(a=1)",
        "template.render(a=1)",
        "get_template('x.html').render({'a': 1})",
        "mako.get_template('x.html').render(a=1)",
        "Template('{{ a }}', variable_start_string='<<').render(a=1)",
        "form.render('x')",
        "render('templates/x.pt', {'a': 1})",
        "render_template_string(text, a=1)",
    ],
)
def test_not_known(text: str) -> None:
    assert rendered(text) is None


def test_the_first_that_exists() -> None:
    found = rendered("render_template(['a.html', 'b.html'], c=1)")
    assert found is not None
    assert found.templates == ("a.html", "b.html")
    assert found.first


def test_names_that_are_assigned_before() -> None:
    assert told(rendered("t.render(a=1)", "t = env.get_template('x')"))[0] == ("x",)
    assert told(rendered("render_template(t, a=1)", "t = 'x' if y else 'z'"))[0] == ("x", "z")
    assert rendered("render_template(t, a=1)", "t = u") is None


@pytest.mark.parametrize(
    "text",
    [
        "render_template_string('{{ a }}', a=1)",
        "Template('{{ a }}').render(a=1)",
        "env.from_string('{{ a }}').render(a=1)",
    ],
)
def test_a_text(text: str) -> None:
    found = rendered(text)
    assert found is not None
    assert isinstance(found.text, ast.Constant) and found.text.value == "{{ a }}"
    assert found.given == {"a"}


def test_streams() -> None:
    for text in ("stream_template('x', a=1)", "env.get_template('x').generate(a=1)"):
        found = rendered(text)
        assert found is not None and found.streamed
    found = rendered("render_template('x')")
    assert found is not None and not found.streamed


def test_frameworks_and_loaders() -> None:
    found = rendered("current_app.jinja_env.get_template('x').render()")
    assert found is not None and (found.framework, found.loader) == ("flask", None)
    found = rendered("pages.TemplateResponse(request, 'x')")
    assert found is not None and found.loader is not None
    assert (found.framework, ast.unparse(found.loader)) == ("starlette", "pages")
    found = rendered("self.env.get_template('x').render()")
    assert found is not None and found.loader is not None
    assert ast.unparse(found.loader) == "self.env"


def test_a_constant_of_the_module() -> None:
    call = ast.parse("render_template(PAGE, a=1)", mode="eval").body
    assert isinstance(call, ast.Call)
    text = ModuleText("x.html", Place(Path("/project/pages.py"), Span(0, 10)))
    lookups = Lookups(constant=lambda node: text if ast.unparse(node) == "PAGE" else None)
    found = rendered_by(call, "flask.render_template", lookups)
    assert found is not None and found.templates == ("x.html",)
    found = rendered_by(call, "flask.render_template_string", lookups)
    assert found is not None and found.text is text


def test_views_of_pyramid() -> None:
    def decorations(*texts: str) -> tuple[str, ...]:
        symbols = [symbol(ast.parse(text, mode="eval").body) for text in texts]
        return view_template(symbols, {"view_config": "pyramid.view.view_config"}.get)

    assert decorations("view_config(route_name='x', renderer='templates/x.jinja2')") == (
        "templates/x.jinja2",
    )
    assert decorations("view_config(renderer='json')", "view_config(renderer='a.mako')") == ()
    assert decorations("other(renderer='x.jinja2')", "view_config(renderer=name)") == ()
    value = ast.parse("{'a': rows, **more}", mode="eval").body
    assert told(returned_by_view("x.jinja2", value)) == (("x.jinja2",), {"a": "rows"}, ("more",))
