"""The document of `minusn report`: what is in it, as Markdown and as HTML."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from codemods.cli import cli
from codemods.demo import run as demo
from codemods.edits import unified_diff
from codemods.engine import check, diff
from codemods.report.document import Document, document
from codemods.report.document_baseline import read_baseline
from codemods.report.html import as_html
from codemods.report.json import as_json
from codemods.report.markdown import as_markdown

GOLDEN = Path(__file__).parent / "demo_report.md"
RULES = ("eager-load", "hoist-lookup", "batch-helper", "merge-counts")
DAY = date(2026, 2, 18)
VOID = {"meta", "link", "img", "br", "hr", "input"}

MODELS = """\
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False)
    agent_id = Column(ForeignKey("customers.id"), nullable=False)
    customer = relationship(Customer, foreign_keys=[customer_id])
    agent = relationship(Customer, foreign_keys=[agent_id])
"""
TWO = """\
from sqlalchemy.orm import Session
from models import Customer, Order


def names(session: Session) -> list[tuple[str, str]]:
    orders = session.query(Order).order_by(Order.id).all()
    return [(order.customer.name, order.agent.name) for order in orders]
"""
FOUND = """\
from sqlalchemy.orm import Session
from models import Customer, Order


def names(session: Session) -> list[str]:
    orders = session.query(Order).order_by(Order.id).all()
    return [f"<b>{order.customer.name}</b>" for order in orders]


def slow(session: Session):
    for order in session.query(Order).order_by(Order.id).all():
        print(session.query(Customer).filter(Customer.id == order.customer_id).first())
"""
CLEAN = {
    "importer": """\
from sqlalchemy.orm import Session
from models import Customer


def take_over(session: Session, rows: list[str]) -> None:
    known = {name for (name,) in session.query(Customer.name)}
    for row in rows:
        if row not in known:
            session.add(Customer(name=row))
            known.add(row)
    session.commit()
""",
    "eager": """\
from sqlalchemy.orm import Session, selectinload
from models import Order


def names(session: Session) -> list[str]:
    orders = session.query(Order).options(selectinload(Order.customer)).all()
    return [order.customer.name for order in orders]
""",
    "logged": """\
from sqlalchemy.orm import Session
from models import Customer


def log(session: Session, name: str) -> None:
    session.add(Customer(name=name))
    session.commit()
""",
    "plain": """\
from sqlalchemy.orm import Session
from models import Customer


def listed(session: Session) -> list[str]:
    return [customer.name for customer in session.query(Customer).all()]
""",
    "twice": """\
from sqlalchemy.orm import Session
from models import Customer, Order


def first(session: Session) -> tuple[object, object]:
    return session.query(Customer).first(), session.query(Order).first()
""",
    "text": "WORDS = ['no', 'database']\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    settings = '[tool.minusn]\ndatabase = ["sqlite"]\nsizes = { orders = 1200, customers = 30 }\n'
    for name, text in {"pyproject.toml": settings, "models.py": MODELS, "a|b.py": FOUND}.items():
        (folder / name).write_text(text)
    for name, text in CLEAN.items():
        (folder / f"{name}.py").write_text(text)
    monkeypatch.chdir(folder)
    return folder


def told(select: Sequence[str] = RULES) -> Document:
    return document(check(["."], select=select, clean=True), DAY)


def test_the_document_of_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bless: bool
) -> None:
    app = Path(demo.__file__).parent / "app"
    ignored = shutil.ignore_patterns("__pycache__")
    monkeypatch.chdir(shutil.copytree(app, tmp_path / "toolshed", ignore=ignored))
    text = as_markdown(told())
    if bless:
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_sections_are_functions(project: Path) -> None:
    (chapter,) = told().chapters
    assert chapter.file == "a|b.py"
    one, two = chapter.sections
    assert (one.number, one.function, one.kind) == ("1.1", "names", "Missing eager loading")
    assert (two.number, two.function, two.kind) == ("1.2", "slow", "N+1 queries")
    assert (two.extra, two.count, two.priority, two.rows) == ("orders", 1200, "P0", "11–12")
    assert two.code.startswith("for order in session.query(Order)")
    assert two.code.endswith("Customer.id == order.customer_id).first())")
    assert (one.extra, one.count, one.priority) == ("customers", 30, "P2")


def test_the_diff_is_that_of_the_fix(project: Path) -> None:
    (chapter,) = told().chapters
    (problem,) = chapter.sections[0].problems
    assert problem.proposal.label == "safe fix"
    changes = diff(["a|b.py"], select=["eager-load"])
    (change,) = changes.files
    assert problem.proposal.diff == unified_diff(change.before, change.after, "a|b.py").decode()


def test_safe_fixes_of_a_function_are_one_diff(project: Path) -> None:
    (project / "a|b.py").write_text(TWO)
    (section,) = told().sections
    assert [problem.proposal.label for problem in section.problems] == ["safe fix", "safe fix"]
    assert [problem.proposal.diff for problem in section.problems] == ["", ""]
    (change,) = diff(["a|b.py"], select=RULES).files
    assert section.diff == unified_diff(change.before, change.after, "a|b.py").decode()
    assert as_markdown(told()).count("```diff") == 1


def test_fixes_that_do_not_go_together_are_shown_alone(project: Path) -> None:
    text = TWO.replace("order.customer.name, order.agent.name", "order.customer.name")
    loop = "    for order in orders:\n        print(session.get(Customer, order.agent_id))\n"
    text = text.replace("    return", f"{loop * 2}    return")
    (project / "a|b.py").write_text(text)
    (section,) = told().sections
    diffs = [problem.proposal.diff for problem in section.problems if problem.proposal.title]
    assert len(diffs) > 1
    assert bool(section.diff) is not all(diffs)


def test_why_files_are_clean(project: Path) -> None:
    found = told()
    assert dict(found.clean) == {
        "importer.py": "fetches known before the loop that adds rows",
        "eager.py": "eager options cover every relationship read in its loops",
        "logged.py": "only inserts",
        "plain.py": "one query, and no relationship read per row",
        "twice.py": "queries only outside of loops",
    }
    assert found.silent == ("models.py", "text.py")


def test_where_only_the_rows_get_fewer(project: Path) -> None:
    text = """\
from sqlalchemy.orm import Session
from models import Order


def count(session: Session) -> int:
    return len(session.query(Order).all())
"""
    (project / "a|b.py").write_text(text)
    made = told(["count-in-database"])
    (section,) = made.sections
    assert (section.extra, section.priority) == ("0", "P3")
    markdown = as_markdown(made)
    assert "no extra statements (rows: orders → 1)" in markdown
    assert "| `0` (rows: orders → 1) |" in markdown
    assert "<svg" not in as_html(made)


def test_a_module_is_a_section_too(project: Path) -> None:
    (project / "a|b.py").write_text(
        FOUND + "\n\nfor order in Session().query(Order):\n    order.customer\n"
    )
    assert [section.function for section in told().sections] == ["names", "slow", "<module>"]


def test_a_file_that_was_not_analysed_is_not_called_clean(project: Path) -> None:
    (project / "broken.py").write_text("from sqlalchemy.orm import Session\ndef f(:\n")
    found = told()
    assert "broken.py" not in {*dict(found.clean), *found.silent}
    assert [name for name, _ in found.unread] == ["broken.py"]


def test_what_was_fixed_since(project: Path) -> None:
    before = project / "before.json"
    before.write_text(as_json(check(["."], select=RULES)))
    text = (project / "a|b.py").read_text()
    moved = "import os\n\n\n" + text.partition("def slow")[0]
    added = moved + "def again(session):\n    return [o.customer for o in session.query(Order)]\n"
    (project / "a|b.py").write_text(added)
    report = check(["."], select=RULES, clean=True)
    made = document(report, DAY, read_baseline(before))
    assert made.fixed is not None
    assert [(item.file, item.function) for item in made.fixed] == [("a|b.py", "slow")]
    assert made.new == 1


def test_what_was_not_looked_at_is_not_fixed(project: Path) -> None:
    before = project / "before.json"
    before.write_text(as_json(check(["."], select=RULES)))
    made = document(check(["eager.py"], clean=True), DAY, read_baseline(before))
    assert made.fixed == ()
    (project / "a|b.py").unlink()
    made = document(check(["eager.py"], clean=True), DAY, read_baseline(before))
    assert made.fixed is not None and len(made.fixed) == 2


def test_a_table_survives_its_content(project: Path) -> None:
    text = as_markdown(told())
    rows = [line for line in text.splitlines() if line.startswith("| `a\\|b.py`")]
    assert len(rows) == 2
    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {8}


def test_a_fence_is_longer_than_what_is_in_it(project: Path) -> None:
    text = FOUND.replace("    orders = ", '    """```"""\n    orders = ').replace(
        'return [f"<b>', 'return [f"```<b>'
    )
    (project / "a|b.py").write_text(text)
    lines = as_markdown(told()).splitlines()
    start = lines.index("````python")
    assert lines.index("````", start) > start


# -- HTML --------------------------------------------------------------------------------------


@dataclass
class Node:
    tag: str
    attributes: dict[str, str | None]
    children: list[Node | str] = field(default_factory=list)

    def all(self, tag: str, **wanted: str) -> list[Node]:
        found = [self] if self.tag == tag and wanted.items() <= self.attributes.items() else []
        for child in self.children:
            if isinstance(child, Node):
                found += child.all(tag, **wanted)
        return found

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Reader(HTMLParser):
    """Builds a tree, and asks of every element to be closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parsed(text: str) -> Node:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def test_html_has_what_the_document_has(project: Path) -> None:
    made = told()
    page = parsed(as_html(made))
    sections = page.all("section", **{"class": "finding"})
    assert [node.attributes["id"] for node in sections] == ["s1.1", "s1.2"]
    for node, section in zip(sections, made.sections, strict=True):
        code, *diffs = (pre.text for pre in node.all("pre"))
        assert code == section.code
        expected = [*(problem.proposal.diff for problem in section.problems), section.diff]
        assert diffs == [text for text in expected if text]
    assert "<b>{order.customer.name}</b>" in sections[0].text
    (table,) = page.all("section", id="table")
    rows = [[cell.text for cell in row.all("td")] for row in table.all("tr")]
    assert rows[1:] == [
        ["a|b.py", "names", "Missing eager loading", "customers = 30", "high", "1 safe"],
        ["a|b.py", "slow", "N+1 queries", "orders = 1,200", "critical", "1 safe"],
    ]
    (order,) = page.all("section", id="order")
    assert [item.text.split()[:2] for item in order.all("li")] == [["P0", "slow"], ["P2", "names"]]
    (clean,) = page.all("section", id="clean")
    assert [[c.text for c in row.all("td")] for row in clean.all("tr")][1:] == [
        list(item) for item in made.clean
    ]


def test_html_stands_alone(project: Path) -> None:
    text = as_html(told())
    page = parsed(text)
    assert not page.all("script") and not page.all("link") and not page.all("img")
    assert "http://" not in text and "https://" not in text and "url(" not in text
    for node in page.all("a"):
        assert page.all("section", id=str(node.attributes["href"]).removeprefix("#"))


def test_the_plot_shows_both_sides(project: Path) -> None:
    page = parsed(as_html(told()))
    (section,) = page.all("section", id="s1.2")
    (plot,) = section.all("svg")
    before, after = ([line] for line in plot.all("polyline"))
    heights = {}
    for (line,), kind in ((before, "before"), (after, "after")):
        assert line.attributes["class"] == kind
        points = [tuple(map(float, p.split(","))) for p in str(line.attributes["points"]).split()]
        assert [x for x, _ in points] == sorted(x for x, _ in points)
        heights[kind] = [y for _, y in points]
    # SVG counts downwards.
    assert heights["before"] == sorted(heights["before"], reverse=True)
    assert heights["before"][-1] < heights["after"][-1]
    assert plot.all("title")[0].text == "Statements at N = 100: 101 before, 2 after"


# -- the command -------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str, str]:
    from click.testing import CliRunner

    done = CliRunner().invoke(cli, ["report", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_command(project: Path) -> None:
    code, text, errors = run()
    assert (code, errors) == (1, "")
    assert text.startswith("# SQLAlchemy performance analysis: office\n")
    assert run("--exit-zero")[0] == 0
    assert run("eager.py")[0] == 0


def test_command_writes_a_file(project: Path) -> None:
    code, text, errors = run("--format", "html", "--output", "page.html")
    assert (code, text, errors) == (1, "", "Wrote page.html.\n")
    assert parsed((project / "page.html").read_text("utf-8")).all("h1")


def test_command_compares(project: Path) -> None:
    (project / "old.json").write_text(as_json(check(["."])))
    code, text, _ = run("--baseline", "old.json")
    assert code == 1
    assert "0 findings fixed, 0 new, 2 as before." in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "old.json: cannot be read: No such file or directory"),
        ("{", "old.json: is not JSON: "),
        ("{}", "old.json: is not a list of findings; write one with `minusn check "),
        ("[1]", "old.json: is not a list of findings; write one with `minusn check "),
        ('[{"code": "MN101"}]', "old.json: is not a list of findings; write one with `minusn "),
    ],
)
def test_command_tells_of_a_bad_baseline(project: Path, content: str | None, message: str) -> None:
    if content is not None:
        (project / "old.json").write_text(content)
    code, text, errors = run("--baseline", "old.json")
    assert (code, text) == (2, "")
    assert errors.startswith(f"minusn: {message}")


def test_command_tells_of_trouble(project: Path) -> None:
    assert run("-")[0] == 2
    code, _, errors = run("--output", "nowhere/page.md")
    assert code == 2
    assert "nowhere/page.md: cannot be written: No such file or directory" in errors
    code, _, errors = run("missing.py")
    assert code == 2 and "missing.py: does not exist" in errors


def test_check_does_not_pay_for_it(project: Path) -> None:
    (project / "old.json").write_text(json.dumps([]))
    import subprocess

    script = (
        "import sys; from codemods.engine import check; check(['.']);"
        "print([m for m in ('jinja2', 'codemods.clean', 'codemods.report.document')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
