"""Where a file says that templates lie."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from codemods.facts.loaders import LoaderFacts, mentions_loader, read_loaders
from codemods.source import SourceFile

ROOT = Path("/project")


def read(text: str, name: str = "shop/web/app.py") -> tuple[LoaderFacts, ...]:
    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return read_loaders(SourceFile(ROOT / name, dedent(text).encode()), module, ROOT)


def only(text: str, name: str = "shop/web/app.py") -> LoaderFacts:
    (found,) = read(text, name)
    return found


WEB = ROOT / "shop/web"


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("app = Flask(__name__)", WEB / "templates"),
        (
            "def make():\n    return Flask(__name__, template_folder='../pages')",
            ROOT / "shop/pages",
        ),
        ("app = flask.Flask('shop')", ROOT / "shop/templates"),
        ("T = 'views'\napp = Quart(__name__, template_folder=T)", WEB / "views"),
        ("b = Blueprint('b', __name__, template_folder='pages')", WEB / "pages"),
        ("b = Blueprint('b', 'shop.admin', template_folder='x')", ROOT / "shop/admin/x"),
        ("b = Blueprint('b', __name__, template_folder='/srv/x')", Path("/srv/x")),
        (
            "import os\napp = Flask(__name__, template_folder=os.path.join("
            "os.path.dirname(os.path.abspath(__file__)), 'x', 'y'))",
            WEB / "x/y",
        ),
        (
            "BASE = Path(__file__).resolve().parent.parent\n"
            "t = Jinja2Templates(directory=str(BASE / 'pages'))",
            ROOT / "shop/pages",
        ),
        ("t = Jinja2Templates(Path(__file__).parents[1] / 'x')", ROOT / "shop/x"),
        ("t = Jinja2Templates(directory=Path(__file__).parent.joinpath('a', 'b'))", WEB / "a/b"),
        ("e = Environment(loader=PackageLoader('shop'))", ROOT / "shop/templates"),
        ("e = Environment(loader=PackageLoader('shop.web', 'x'))", WEB / "x"),
        ("e = Environment(loader=FileSystemLoader('/srv/x'))", Path("/srv/x")),
    ],
)
def test_folders(text: str, folder: Path) -> None:
    found = only(text)
    assert found.folders == ((folder,),)
    assert found.complete


def test_a_package_is_its_own_folder() -> None:
    found = only("app = Flask('shop.web')", "shop/web/__init__.py")
    assert found.folders == ((WEB / "templates",),)


def test_a_blueprint_has_no_folder_by_itself() -> None:
    assert only("b = Blueprint('b', __name__)").folders == ()


def test_a_relative_folder_may_be_below_any_folder_above() -> None:
    found = only("t = Jinja2Templates(directory='pages')")
    assert found.folders == ((ROOT / "pages", ROOT / "shop/pages", WEB / "pages"),)


@pytest.mark.parametrize(
    "text",
    [
        "app = Flask(__name__, template_folder=folder())",
        "t = Jinja2Templates(directory=settings.folder)",
        "t = Jinja2Templates(env=env)",
        "e = Environment(loader=make())",
        "e = Environment()",
        "e = Environment(loader=FileSystemLoader(['/a', x]))",
        "L = L\ne = Environment(loader=FileSystemLoader(L))",
    ],
)
def test_unknown_folders(text: str) -> None:
    assert only(text).folders == ()


def test_several_loaders() -> None:
    found = only("""
        PAGES = {"a.html": "{{ x }}", "b.html": make()}
        loader = ChoiceLoader([DictLoader(PAGES), FileSystemLoader(["/a", "/b"]), other])
        self.env = Environment(loader=loader)
        """)
    assert found.name == "shop.web.app.self.env"
    assert found.folders == ((Path("/a"),), (Path("/b"),))
    assert [(name, text) for name, (text, _) in found.texts.items()] == [("a.html", "{{ x }}")]
    assert not found.complete


def test_texts_by_name() -> None:
    found = only(
        "A = 'x'\nB: str = 'y'\nB = 'z'\ne = Environment(loader=DictLoader({'a': A, 'b': B}))"
    )
    assert {name: text for name, (text, _) in found.texts.items()} == {"a": "x"}


def test_a_folder_that_may_be_another() -> None:
    found = only("F = 'x'\nF = 'y'\napp = Flask(__name__, template_folder=F)")
    assert found.folders == ()


def test_delimiters() -> None:
    syntax = only("e = Environment(block_start_string='<%', line_statement_prefix='#')").syntax
    assert syntax is not None
    assert (syntax.block_start_string, syntax.line_statement_prefix) == ("<%", "#")
    assert only("e = Environment(block_start_string=START)").syntax is None
    assert only("e = Environment(**options)").syntax is None


def test_names() -> None:
    found = read("app = Flask(__name__)\nx.pages: T = Jinja2Templates('/x')\nmake(Flask('a'))")
    assert [item.name for item in found] == ["shop.web.app.app", "shop.web.app.x.pages", ""]
    assert [item.kind for item in found] == ["flask", "starlette", "flask"]


def test_files_without_loaders_are_not_parsed() -> None:
    assert not mentions_loader(b"from flask import Flask\napp = make()")
    assert read("this is no Python") == ()
    assert read("Flask(") == ()
