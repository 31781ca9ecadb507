"""Files without a word of SQLAlchemy that call a function with a summary are read as well."""

from __future__ import annotations

from pathlib import Path

from small_project import make

from codemods import check
from codemods.facts.prefilter import worth_reading

REPOSITORY = """
from app.models import Order


def open_orders(session):
    return session.query(Order).filter(Order.id > 3).all()
"""
RENDER = """
def show(order):
    return f"{order.id}: {order.customer.name}"
"""
VIEW = """
from app.render import show
from app.repository import open_orders


def view(session):
    return [show(order) for order in open_orders(session)]
"""


def test_a_caller_and_a_helper_that_the_prefilter_rejects(tmp_path: Path) -> None:
    assert not worth_reading(VIEW.encode())
    assert not worth_reading(RENDER.encode())
    make(tmp_path, repository=REPOSITORY, render=RENDER, view=VIEW)
    (finding,) = check([tmp_path]).findings
    assert finding.name == "eager-load"
    assert finding.function == "view"
    assert finding.place.path.name == "render.py"
    paths = {note.role: note.place.path.name for note in finding.related}
    assert paths["query"] == "repository.py"
    assert paths["loop"] == "view.py"


def test_any_end_of_a_finding_is_reason_to_report_it(tmp_path: Path) -> None:
    make(tmp_path, repository=REPOSITORY, render=RENDER, view=VIEW)
    for name in ("repository", "render", "view"):
        assert len(check([tmp_path / "app" / f"{name}.py"]).findings) == 1, name
    assert not check([tmp_path / "app" / "models.py"]).findings
