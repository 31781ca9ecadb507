"""path_operations: which response model FastAPI applies, held against real requests."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import fastapi
import pytest
from fastapi.testclient import TestClient
from recording import Written, reads_of, recorded

from codemods.orm.path_operations import PathOperations, may_render
from codemods.orm.serializing_calls import Serialization, SerializingCalls

VIEWS = """
from typing import Any, Generic, List, Optional, TypeVar

import fastapi
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

router = APIRouter()
ROWS: list = []


class AuthorOut(BaseModel):
    name: str


class BookOut(BaseModel):
    title: str
    author: AuthorOut


class Title(BaseModel):
    title: str


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int


def load():
    return ROWS


"""
BOTH = "title author author.name"
ROW = {"title": "t", "author": {"name": "n"}}

# The decorator's arguments, the annotation, the body, and the paths that a request reads.
ROWS = [
    ("response_model=list[BookOut]", "", "return rows", BOTH),
    ("response_model=List[BookOut]", "", "return rows", BOTH),
    ("", "-> list[BookOut]", "return rows", BOTH),
    ("", "-> 'list[BookOut]'", "return rows", BOTH),
    ("", "-> Optional[BookOut]", "return rows[0]", BOTH),
    ("response_model=list[Title]", "-> list[BookOut]", "return rows", "title"),
    ("response_model=BookOut, response_model_include={'title'}", "", "return rows[0]", BOTH),
    ("response_model=BookOut, response_model_exclude={'author'}", "", "return rows[0]", BOTH),
    ("response_model=BookOut, response_model_exclude_unset=True", "", "return rows[0]", BOTH),
    ("response_model=Page[BookOut]", "", "return {'items': rows, 'total': 2}", BOTH),
    ("", "-> Page[BookOut]", "page = {'items': rows, 'total': 2}\n    return page", BOTH),
    ("response_model=list[BookOut]", "", "return JSONResponse([])", ""),
    ("", "-> Response", "return JSONResponse([])", ""),
]


def written(tmp_path: Path, arguments: str, returns: str, body: str) -> Written:
    head = f"@router.get('/', {arguments})\ndef view(){returns}:\n    rows = load()\n    "
    return Written(tmp_path, views=f"{VIEWS}{head}{body}\n")


def found(project: Written) -> list[Serialization]:
    operations = PathOperations(SerializingCalls(project.index, project.sources.__getitem__))
    facts = project.index.modules[project.name("views")]
    tree = ast.parse(project.sources[facts.path].text)
    node = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "view")
    names = operations.calls.names(facts, node)
    values = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value]
    return [
        item
        for value in values
        for item in operations.of_return(facts.functions["view"], value, names)
    ]


@pytest.mark.parametrize("arguments, returns, body, paths", ROWS)
def test_a_request_reads_what_the_renderers_read(
    arguments: str, returns: str, body: str, paths: str, tmp_path: Path
) -> None:
    project = written(tmp_path, arguments, returns, body)
    log: set[str] = set()
    with project.imported("views") as module:
        module.ROWS = recorded([copy.deepcopy(ROW), copy.deepcopy(ROW)], log)
        app = fastapi.FastAPI()
        app.include_router(module.router)
        assert TestClient(app).get("/").status_code == 200
        read: set[str] = set()
        for item in found(project):
            value: Any = [ROW, ROW] if ast.unparse(item.argument) == "rows" else ROW
            read |= reads_of(item.renderer, value)
            assert not item.renderer.shows_loaded
    assert log == read == set(paths.split())


SHOWN = [
    ("", "", "return rows"),
    ("response_model=None", "-> list[BookOut]", "return rows"),
    ("", "-> Any", "return rows"),
    ("", "-> list", "return rows"),
    ("", "-> dict[str, Any]", "return {'rows': rows}"),
]


@pytest.mark.parametrize("arguments, returns, body", SHOWN)
def test_without_a_model_the_answer_has_what_is_loaded(
    arguments: str, returns: str, body: str, tmp_path: Path
) -> None:
    (item,) = found(written(tmp_path, arguments, returns, body))
    assert item.renderer.shows_loaded


def test_fastapi_dumps_what_an_object_holds(tmp_path: Path) -> None:
    """The fact behind it: an attribute that was loaded is in the answer."""
    project = written(tmp_path, "", "", "return rows")
    with project.imported("views") as module:
        loaded = type("Row", (), {})()
        loaded.title, loaded.author = "t", None
        module.ROWS = [loaded]
        app = fastapi.FastAPI()
        app.include_router(module.router)
        assert TestClient(app).get("/").json() == [{"title": "t", "author": None}]


def test_other_decorators_are_no_path_operations(tmp_path: Path) -> None:
    text = VIEWS + "app = object()\n\n\n@app.get('/')\ndef view():\n    return load()\n"
    assert found(Written(tmp_path, views=text)) == []


def test_two_paths_with_different_models_say_nothing(tmp_path: Path) -> None:
    head = "@router.get('/a', response_model=list[Title])\n@router.get('/b', response_model=list[BookOut])\n"
    text = f"{VIEWS}{head}def view():\n    rows = load()\n    return rows\n"
    assert found(Written(tmp_path, views=text)) == []


MAY = [
    ("@router.get('/')\ndef view():\n    pass\n", True),
    ("@router.get('')\ndef view():\n    pass\n", True),
    ("@router.post(PATH)\ndef view():\n    pass\n", True),
    ("@mock.patch('app.views.load')\ndef view():\n    pass\n", False),
    ("def view():\n    return schema.dump(rows)\n", True),
    ("def view():\n    return [Out.model_validate(row) for row in rows]\n", True),
    ("def view():\n    return rows\n", False),
]


@pytest.mark.parametrize("text, expected", MAY)
def test_what_may_render_is_told_from_its_text(text: str, expected: bool, tmp_path: Path) -> None:
    project = Written(tmp_path, views=text)
    facts = project.index.modules[project.name("views")].functions["view"]
    source = project.sources[facts.place.path]
    assert may_render(facts, source.slice(facts.place.span)) is expected
