"""Rows that note what is read on them, and both ways to render a template with them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2

from codemods.facts.templates import ParsedTemplate, parse_template
from codemods.orm.renderer import Renderer
from codemods.orm.template_functions import template_function
from codemods.source import SourceFile

FOLDER = Path("/project/templates")
COLLECTIONS = {"books", "kids", "pages", "tags"}
RELATED = {"author", "city", "country", "owner", "editor"}
EXTENSIONS = ("jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n")


class Row:
    """A row whose attributes are texts, rows and lists of rows by their names."""

    def __init__(self, path: str, seen: set[str]) -> None:
        self.__dict__.update(_path=path, _seen=seen, _known={})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "nope":
            raise AttributeError(name)
        path = f"{self._path}.{name}"
        self._seen.add(path)
        if name not in self._known:
            self._known[name] = self._value(name, path)
        return self._known[name]

    def _value(self, name: str, path: str) -> Any:
        if name in COLLECTIONS:
            if self._path.count("kids") > 1:
                return []
            return [Row(f"{path}[{number}]", self._seen) for number in range(2)]
        if name in RELATED:
            return Row(path, self._seen)
        if name == "age":
            return 3
        if name == "missing":
            return None
        if name == "method":
            return lambda *given, **named: None
        return name

    def __getitem__(self, name: Any) -> Any:
        if not isinstance(name, str):
            raise TypeError(name)
        return getattr(self, name)

    def __str__(self) -> str:
        self._seen.add(f"str({self._path})")
        return self._path


class Record(dict[str, Any]):
    """A dict whose items are read as a template reads them."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


class Anything:
    """What a free name of the function stands for: it can be called and is true."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        for value in (*given, *named.values()):
            if isinstance(value, str):
                return value
        return ""


class Names(dict[str, Any]):
    """The free names of a function: filters can be called, everything else is undefined."""

    def __missing__(self, name: str) -> Any:
        if name.startswith(("filter ", "test ", "tag ")):
            return Anything()
        return jinja2.Undefined(name=name)


def rows(seen: set[str]) -> dict[str, Any]:
    books = [Row(f"books[{number}]", seen) for number in range(3)]
    return {
        "books": books,
        "one": Row("one", seen),
        "wrapped": [Record(b=book, n=1) for book in books],
        "named": {"first": books[0], "second": books[1]},
        "pairs": [(book, 1) for book in books],
        "page": {"items": books},
        "yes": True,
        "no": False,
        "numbers": [0, 1, 2],
    }


def parsed(templates: Mapping[str, str], name: str) -> ParsedTemplate | None:
    if name not in templates:
        return None
    found = parse_template(SourceFile(FOLDER / name, templates[name].encode()))
    assert isinstance(found, ParsedTemplate), found
    return found


def renderer(templates: Mapping[str, str], name: str = "main.html") -> Renderer:
    known = {key: parsed(templates, key) for key in templates}
    main = known[name]
    assert main is not None
    made = template_function(name, main, known.get)
    assert made is not None
    return made


def really_read(
    templates: Mapping[str, str], setup: Callable[[Any], None] | None = None
) -> set[str]:
    """What jinja2 reads when it renders `main.html`."""
    seen: set[str] = set()
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(templates)), extensions=EXTENSIONS
    )
    vars(environment)["install_null_translations"]()
    environment.filters["money"] = lambda value, *given: ""
    environment.globals["url_for"] = lambda name, **values: "".join(map(str, values.values()))
    environment.get_template("main.html").render(rows(seen))
    return seen


def read_by(made: Renderer) -> set[str]:
    """What the function reads when it runs."""
    seen: set[str] = set()
    names = Names({"__builtins__": {}, "range": range, "len": len, **_builtins(made)})
    module = ast.Module([made.function], [])
    exec(compile(module, "<template>", "exec"), names)
    context = rows(seen)
    given = {
        item.arg: context.get(item.arg, jinja2.Undefined(name=item.arg))
        for item in made.function.args.args
    }
    names["render"](**given)
    return seen


def _builtins(made: Renderer) -> dict[str, Any]:
    names = made.names.items()
    return {name: getattr(builtins, full[9:]) for name, full in names if full[:9] == "builtins."}
