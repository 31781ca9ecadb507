"""What a template reads of a view's rows is found at the view's query."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from codemods import engine
from codemods.finding import Finding, Role, Status

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, sessionmaker

Base = declarative_base()
Session = sessionmaker()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)
    name = Column(String(40))


class Boat(Base):
    __tablename__ = "boats"
    id = Column(Integer, primary_key=True)
    name = Column(String(40))
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship(Owner)
"""
VIEWS = """
from flask import Flask, render_template
from models import Boat, Session

app = Flask(__name__)


@app.get("/")
def index(session, flag):
    boats = session.query(Boat).order_by(Boat.id).all()
"""
ROWS = "{% for boat in boats %}\n{{ boat.owner.name }}\n{% endfor %}\n"
RENDERED = "    return render_template('boats.html', boats=boats)\n"


def found(folder: Path, body: str = RENDERED, rows: str = ROWS, **more: str) -> list[Finding]:
    files = {"models.py": MODELS, "views.py": VIEWS + body, "templates/boats.html": rows}
    files |= {
        name.replace("__", "/").replace("_html", ".html"): text for name, text in more.items()
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    report = engine.check([folder], root=folder, select=("eager-load",))
    assert not report.failures
    return list(report.problems)


def verdicts(findings: list[Finding]) -> list[str]:
    """For each finding `safe`, or the names of the preconditions that are not proven."""
    return [
        ",".join(p.name for p in finding.preconditions if p.status is not Status.PROVEN) or "safe"
        for finding in findings
    ]


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in dedent(text).strip().splitlines())


def test_both_ends_are_shown(tmp_path: Path) -> None:
    (finding,) = found(tmp_path)
    assert verdicts([finding]) == ["safe"]
    assert finding.place.path == tmp_path / "templates/boats.html"
    text = finding.place.path.read_text()
    assert text[finding.place.span.start : finding.place.span.end] == "owner"
    roles = {note.role: note.place.path.name for note in finding.related}
    assert roles[Role.QUERY] == roles[Role.CALL] == "views.py"
    assert roles[Role.LOOP] == "boats.html"


@pytest.mark.parametrize(
    "body",
    [
        "return render_template('boats.html', **locals())",
        "return render_template('boats.html', **{'boats': boats, 'n': 1})",
        "context = {'boats': boats, 'n': len(boats)}\nreturn render_template('boats.html', **context)",
        "context = dict(boats=boats)\nreturn render_template('boats.html', **context)",
        "context = {'n': 1}\ncontext['boats'] = boats\nreturn render_template('boats.html', **context)",
        "name = 'boats.html'\nreturn render_template(name, boats=boats)",
        "return render_template(['gone.html', 'boats.html'], boats=boats)",
        "return app.jinja_env.get_template('boats.html').render(boats=boats)",
        "return app.jinja_env.get_template('boats.html').render({'boats': boats, 'n': 1})",
        "page = app.jinja_env.get_template('boats.html')\nreturn page.render(boats=boats)",
        "return render_template('boats.html', boats=session.query(Boat).all())",
        "return render_template('boats.html', **{'boats': session.query(Boat).all(), 'n': 1})",
        "return render_template('boats.html', boats=session.query(Boat))",
    ],
)
def test_ways_to_pass_rows(tmp_path: Path, body: str) -> None:
    assert verdicts(found(tmp_path, indented(body))) == ["safe"]


@pytest.mark.parametrize(
    "body",
    [
        "return render_template('boats.html', boats=boats, **flag)",
        "return render_template('boats.html' if flag else 'other.html', boats=boats)",
        "session.flush()\nreturn render_template('boats.html', boats=boats)",
    ],
)
def test_rows_are_found_among_other_things(tmp_path: Path, body: str) -> None:
    assert len(found(tmp_path, indented(body), templates__other_html="{{ flag }}")) == 1


@pytest.mark.parametrize(
    "body",
    [
        "return render_template('boats.html', rows=boats)",
        "return render_template('boats.html' if flag else 'gone.html', boats=boats)",
        "context = {'boats': boats}\ncontext['boats'] = []\nreturn render_template('boats.html', **context)",
        "context = {'boats': boats, 'n': 1}\nflag(context)\nreturn render_template('boats.html', **context)",
        "context = {'boats': boats}\ncontext = flag\nreturn render_template('boats.html', **context)",
        "return stream_template('boats.html', boats=boats)",
        "return render_template(flag, boats=boats)",
    ],
)
def test_what_is_not_known_is_silent(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, indented(body)) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("{{ url_for('x', id=boat.id) }}{{ _('x') }}{{ boat.owner.name }}", "safe"),
        ("{{ request.args.get('q') }}{{ config.X }}{{ session.get('y') }}{{ boat.owner }}", "safe"),
        ("{{ boat.owner.name|money }}{{ boat.name|upper }}", "safe"),
        ("{% set owner = boat.owner %}{{ owner.name if owner else '-' }}", "safe"),
        ("{% if boat.owner %}x{% endif %}", "safe"),
        ("{% if boat.name %}{{ boat.owner }}{% endif %}", "read-every-time"),
        ("{{ loop.previtem.owner.name if loop.previtem }}", "read-every-time"),
        ("{% cache 5 %}{{ boat.owner }}{% endcache %}", "read-every-time"),
        ("{{ boat|shown }}{{ boat.owner.name }}", "calls-known"),
    ],
)
def test_what_is_read_on_each_row(tmp_path: Path, rows: str, expected: str) -> None:
    text = "{% for boat in boats %}" + rows + "{% endfor %}"
    assert verdicts(found(tmp_path, rows=text)) == [expected]


@pytest.mark.parametrize(
    "rows",
    [
        "{{ (boats|first).owner.name }}",
        "{% for boat in boats %}{{ boat.owner_id }}{% endfor %}",
        "{% for boat in boats %}{{ boat.owner }}{% break %}{% endfor %}",
        "{% if boats|selectattr('owner') %}x{% endif %}",
        "{% for boat in boats %}{{ boat.owner }}{# minusn: ignore[eager-load] #}{% endfor %}",
    ],
)
def test_what_is_not_read_on_each_row(tmp_path: Path, rows: str) -> None:
    assert found(tmp_path, rows=rows) == []


def test_a_filter_of_the_project_is_walked(tmp_path: Path) -> None:
    body = RENDERED + "\n\n@app.template_filter()\ndef owned(boat):\n    return boat.owner.name\n"
    rows = "{% for boat in boats %}{{ boat|owned }}{% endfor %}"
    (finding,) = found(tmp_path, body, rows)
    assert finding.place.path.name == "views.py"
    assert verdicts([finding]) == ["safe"]


def test_a_commit_before_the_rendering(tmp_path: Path) -> None:
    assert verdicts(found(tmp_path, "    session.commit()\n" + RENDERED)) == ["rows-stay-loaded"]


def test_a_template_that_fails_is_silent(tmp_path: Path) -> None:
    assert found(tmp_path, rows=ROWS + "{{ a: 1 }}") == []


PROCESSOR = """
    return ""


@app.context_processor
def navigation():
    return {"menu": Session().query(Boat).all()}
"""
MENU = "{% for item in menu %}{{ item.owner.name }}{% endfor %}"


def test_a_context_processor(tmp_path: Path) -> None:
    findings = found(tmp_path, PROCESSOR, "", templates__layout_html=MENU)
    assert verdicts(findings) == ["read-every-time"]
    assert findings[0].function == "navigation"


def test_a_view_may_pass_another_menu(tmp_path: Path) -> None:
    body = PROCESSOR + "\n\ndef other():\n    return render_template('layout.html', menu=[])\n"
    assert found(tmp_path, body, "", templates__layout_html=MENU) == []


def test_a_view_of_pyramid(tmp_path: Path) -> None:
    (tmp_path / "pages.py").write_text(
        "from pyramid.view import view_config\nfrom models import Boat, Session\n\n\n"
        "@view_config(route_name='x', renderer='templates/boats.html')\n"
        "def boats(request):\n    return {'boats': Session().query(Boat).all(), 'n': 1}\n"
    )
    assert [finding.function for finding in found(tmp_path, "    return 1\n")] == ["boats"]


PAGES = """
from flask import render_template


def page(name, context):
    return render_template(name, **context)
"""


@pytest.mark.parametrize(
    "body",
    [
        "    return pages.page('boats.html', {'boats': boats})\n",
        "    context = {'title': 'Boats'}\n    context['boats'] = boats\n"
        "    return pages.page('boats.html', context)\n",
        "    shown = session.query(Boat)\n    return pages.page('boats.html', {'boats': shown})\n",
    ],
)
def test_a_function_that_renders_for_others(tmp_path: Path, body: str) -> None:
    [finding] = found(tmp_path, "    import pages\n\n" + body, **{"pages.py": PAGES})
    assert finding.part is not None
    call = finding.part.call
    assert call.path == tmp_path / "views.py"
    assert (
        (tmp_path / "views.py")
        .read_bytes()[call.span.start : call.span.end]
        .startswith(b"pages.page(")
    )
