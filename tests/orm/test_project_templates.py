"""From a call to the functions of the templates that it renders, in a project on disk."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent

import pytest

from codemods.facts.read import read_module
from codemods.orm.renderer import Renderer
from codemods.orm.rendering_calls import Lookups, rendered_by, returned_by_view
from codemods.orm.templates import Templates
from codemods.project.index import ProjectIndex
from codemods.settings import Settings
from codemods.source import SourceFile


class Project:
    """Files, and what the first `render…(…)` call of `views.py` renders."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.root = root
        sources = []
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text))
            if name.endswith(".py"):
                module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                sources.append((SourceFile(path, path.read_bytes()), module))
        facts = [read_module(s, m, s.path.name == "__init__.py") for s, m in sources]
        self.index = ProjectIndex.build(root, Settings(), facts)
        self.templates = Templates(self.index, sources)

    def rendered(self, name: str = "views.py") -> tuple[Renderer, ...]:
        module = self.index.by_path[self.root / name]
        tree = ast.parse((self.root / name).read_text())
        lookups = Lookups(lambda dotted: self.index.resolve(module, dotted))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (found := rendered_by(node, lookups=lookups)):
                return self.templates.renderers(found, module)
        raise AssertionError("nothing is rendered")

    def texts(self, name: str = "views.py") -> list[tuple[str, str]]:
        return [(made.name, ast.unparse(made.function.body[0])) for made in self.rendered(name)]


FLASK = "from flask import Flask, render_template\napp = Flask(__name__)\n"


def test_flask(tmp_path: Path) -> None:
    files = {
        "views.py": FLASK + "@app.route('/')\ndef x():\n    return render_template('x.html', a=1)",
        "templates/x.html": "{% include 'y.html' %}",
        "templates/y.html": "{{ a.y }}",
        "other/templates/y.html": "{{ a.other }}",
    }
    assert Project(tmp_path, files).texts() == [("templates/x.html", "f'{a.y}'")]


def test_the_application_comes_before_blueprints(tmp_path: Path) -> None:
    blueprint = "from flask import Blueprint, render_template\n"
    blueprint += "b = Blueprint('b', __name__, template_folder='pages')\n"
    files = {
        "views.py": FLASK,
        "b/views.py": blueprint + "def x():\n    return render_template('x.html', a=1)",
        "c/views.py": blueprint + "def x():\n    return render_template('y.html', a=1)",
        "b/pages/x.html": "{{ a.blueprint }}",
        "b/pages/y.html": "{{ a.b }}",
        "c/pages/y.html": "{{ a.c }}",
    }
    project = Project(tmp_path / "one", files)
    assert project.texts("b/views.py") == [("b/pages/x.html", "f'{a.blueprint}'")]
    assert project.texts("c/views.py") == []
    project = Project(tmp_path / "two", {**files, "templates/x.html": "{{ a.app }}"})
    assert project.texts("b/views.py") == [("templates/x.html", "f'{a.app}'")]


STARLETTE = "from fastapi.templating import Jinja2Templates\n"


def test_starlette(tmp_path: Path) -> None:
    files = {
        "pages.py": STARLETTE + "one = Jinja2Templates('one')\ntwo = Jinja2Templates('two')\n",
        "views.py": "from pages import two\ndef x(request):\n"
        "    return two.TemplateResponse(request, 'x.html', {'a': 1})",
        "one/x.html": "{{ a.one }}",
        "two/x.html": "{{ a.two }}",
    }
    assert Project(tmp_path, files).texts() == [("two/x.html", "f'{a.two}'")]


def test_an_environment_with_texts_and_delimiters(tmp_path: Path) -> None:
    files = {"views.py": """
            from jinja2 import DictLoader, Environment
            env = Environment(
                loader=DictLoader({"x": "<< a.x >>{% include 'y' %}", "y": "<< a.y >>{{ a.z }}"}),
                variable_start_string="<<",
                variable_end_string=">>",
            )

            def x():
                return env.get_template("x").render(a=1)
        """}
    project = Project(tmp_path, files)
    (made,) = project.rendered()
    assert ast.unparse(made.function) == "def render(a):\n    f'{a.x}'\n    f'{a.y}'"
    place = made.place(made.function.body[1])
    source = SourceFile(tmp_path / "views.py", (tmp_path / "views.py").read_bytes())
    assert place is not None and source.slice(place.span) == "<< a.y >>{{ a.z }}"


def test_delimiters_that_are_worked_out(tmp_path: Path) -> None:
    text = "from jinja2 import Environment\nenv = Environment(block_start_string=x)\n"
    files = {"views.py": text + "env.get_template('x').render(a=1)", "templates/x": "{{ a.x }}"}
    assert Project(tmp_path, files).rendered() == ()


def test_a_text_in_a_view(tmp_path: Path) -> None:
    text = "from flask import render_template_string\nrender_template_string('{{ a.x }}', a=1)"
    assert Project(tmp_path, {"views.py": text}).texts() == [
        ("the template in views.py", "f'{a.x}'")
    ]


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("render_template(['gone', 'b', 'a'], a=1)", ["templates/b"]),
        ("render_template('a' if x else 'b', a=1)", ["templates/a", "templates/b"]),
        ("render_template('a' if x else 'gone', a=1)", []),
        ("render_template('wrong', a=1)", []),
    ],
)
def test_several_templates(tmp_path: Path, call: str, names: list[str]) -> None:
    files = {
        "views.py": FLASK + call,
        "templates/a": "{{ a.x }}",
        "templates/b": "{{ a.y }}",
        "templates/wrong": "{{ a: 1 }}",
    }
    assert [made.name for made in Project(tmp_path, files).rendered()] == names


@pytest.mark.parametrize("name", ["templates/x.jinja2", "shop:templates/x.jinja2"])
def test_pyramid(tmp_path: Path, name: str) -> None:
    files = {
        "shop/views.py": "",
        "shop/templates/x.jinja2": "{% extends 'base.jinja2' %}{% block a %}{{ a.x }}{% endblock %}",
        "shop/templates/base.jinja2": "{% block a %}{% endblock %}",
        "other/templates/x.jinja2": "",
    }
    project = Project(tmp_path, files)
    call = returned_by_view(name, ast.parse("{'a': 1}", mode="eval").body)
    (made,) = project.templates.renderers(call, project.index.by_path[tmp_path / "shop/views.py"])
    assert ast.unparse(made.function.body[0]) == "f'{a.x}'"


def test_filters_of_the_project(tmp_path: Path) -> None:
    files = {
        "filters.py": """
            from views import app

            @app.template_filter("money")
            def as_money(value): ...

            @app.template_test()
            def late(value): ...

            @app.app_template_global("twice")
            def one(): ...

            @app.template_global("twice")
            def two(): ...
        """,
        "views.py": FLASK + "render_template('x.html', a=1)",
        "templates/x.html": "{{ a.x|money }}",
    }
    project = Project(tmp_path, files)
    assert project.templates.symbols == {
        "filter money": "filters.as_money", "test late": "filters.late",
    }  # fmt: skip
    (made,) = project.rendered()
    assert made.names["filter money"] == "filters.as_money"


def test_the_same_function_for_the_same_call(tmp_path: Path) -> None:
    files = {"views.py": FLASK + "render_template('x', a=1)", "templates/x": "{{ a.x }}"}
    project = Project(tmp_path, files)
    assert project.rendered()[0] is project.rendered()[0]
