"""Bulk inserts, updates and deletes do what the loops did, on data that is not kind to them."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from codemods import check, diff, engine
from codemods.edits import apply_edits

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String, insert, select
from sqlalchemy.orm import Session, declarative_base, relationship, sessionmaker

Base = declarative_base()
Local = sessionmaker()


class Shop(Base):
    __tablename__ = "shops"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False, unique=True)
    state = Column(String(20))
    visits = Column(Integer, nullable=False, default=0)


class Visit(Base):
    __tablename__ = "visits"
    id = Column(Integer, primary_key=True)
    shop_id = Column(Integer, ForeignKey("shops.id"), nullable=False)
    note = Column(String(20))

    shop = relationship(Shop)
"""

RULES = ("bulk-insert", "bulk-update", "bulk-delete")


def rewritten(folder: Path, code: str) -> tuple[str, str]:
    """The code of `run(session)` before and after."""
    (folder / "pyproject.toml").write_text('[tool.minusn]\ndatabase = ["sqlite", "postgresql"]\n')
    (folder / "models.py").write_text(MODELS)
    path = folder / "main.py"
    before = "from models import *  # of sqlalchemy\n\n\n" + textwrap.dedent(code).strip() + "\n"
    path.write_text(before)
    changes = diff([path], root=folder, review=True, select=RULES)
    assert not changes.failures
    return before, changes.files[0].after.decode() if changes.files else before


def outcome(code: str, shops: int) -> tuple[Any, list[list[tuple[Any, ...]]], int]:
    """What `run()` returns, what the tables hold then, and how many statements it took."""
    space: dict[str, Any] = {}
    exec(MODELS, space)
    exec(code.replace("from models import *", ""), space)
    engine = create_engine("sqlite://")
    space["Base"].metadata.create_all(engine)
    with space["Session"](engine) as session:
        for number in range(shops):
            shop = space["Shop"](name=f"shop {number}", state=[None, "open", "closed"][number % 3])
            session.add(shop)
            session.flush()
            session.add(space["Visit"](shop_id=shop.id, note=None if number % 2 else "x"))
        session.commit()
    count = 0

    @event.listens_for(engine, "before_cursor_execute")
    def _counted(*_: object) -> None:
        nonlocal count
        count += 1

    with space["Local"](bind=engine) as session:
        try:
            result = space["run"](session)
            session.commit()
        except Exception as error:
            session.rollback()
            result = type(error)
        tables = [
            [tuple(row) for row in session.execute(table.select().order_by(table.c.id))]
            for table in space["Base"].metadata.sorted_tables
        ]
    return result, tables, count


CASES = {
    "pending rows are flushed first": """
        def run(session: Session):
            session.add(Shop(name="new", state="open"))
            for shop in session.query(Shop).filter(Shop.state == "open"):
                shop.visits += 2
            return [(shop.name, shop.visits) for shop in session.query(Shop).order_by(Shop.id)]
    """,
    "rows that the session holds": """
        def run(session: Session):
            held = session.query(Shop).order_by(Shop.id).all()
            for shop in session.query(Shop).filter(Shop.state.is_(None)):
                shop.state = "open"
                shop.visits = 7
            return [(shop.state, shop.visits) for shop in held]
    """,
    "rows that are changed and not flushed": """
        def run(session: Session):
            held = session.query(Shop).order_by(Shop.id).all()
            for shop in held[:2]:
                shop.visits = 40 + shop.id
            for shop in session.query(Shop).filter(Shop.visits > 41):
                shop.state = "many"
            return [(shop.state, shop.visits) for shop in held]
    """,
    "rows that are expired": """
        def run(session: Session):
            held = session.query(Shop).order_by(Shop.id).all()
            session.commit()
            for shop in session.query(Shop).filter(Shop.state == "open"):
                shop.state = None
            return [shop.state for shop in held]
    """,
    "a value of the caller": """
        def run(session: Session, state="sold"):
            for shop in session.scalars(select(Shop).where(Shop.visits < 1).filter_by(state=None)):
                shop.state = state
            return session.query(Shop).filter_by(state=state).count()
    """,
    "deleted rows that the session holds": """
        def run(session: Session):
            held = session.query(Visit).order_by(Visit.id).all()
            for visit in session.query(Visit).filter(Visit.note.is_(None)):
                session.delete(visit)
            session.flush()
            return [visit in session for visit in held]
    """,
    "deleted rows that are pending": """
        def run(session: Session):
            session.add(Visit(shop=Shop(name="new")))
            for visit in session.scalars(select(Visit).where(Visit.note.is_(None))).all():
                session.delete(visit)
            return session.query(Visit).count()
    """,
    "inserts in two loops": """
        def run(session: Session):
            for shop in session.query(Shop).order_by(Shop.id).all():
                for note in session.scalars(select(Shop.name).order_by(Shop.id)).all():
                    if note != shop.name:
                        session.execute(insert(Visit).values(shop_id=shop.id, note=note))
            return session.query(Visit).count()
    """,
    "inserts with the defaults of the others": """
        def run(session: Session):
            for name in ["a", "b", *[shop.name + "!" for shop in session.query(Shop)]]:
                session.execute(insert(Shop), {"name": name})
            return [(shop.name, shop.visits) for shop in session.query(Shop).order_by(Shop.id)]
    """,
    "inserts that fail": """
        def run(session: Session):
            names: list[str] = ["a", "b", "c", "d", "e", "f", "a"]
            for name in names:
                session.execute(insert(Shop).values(name=name))
    """,
    "inserts up to a break": """
        def run(session: Session):
            names: list[str] = ["a", "b", "c", "d", "e", "", "f"]
            for name in names:
                if name == "":
                    break
                session.bulk_insert_mappings(Shop, [{"name": name}])
            return session.query(Shop).count()
    """,
}


@pytest.mark.parametrize("shops", [0, 1, 12])
@pytest.mark.parametrize("code", CASES.values(), ids=CASES.keys())
def test_same_behaviour(code: str, shops: int, tmp_path: Path) -> None:
    before, after = rewritten(tmp_path, code)
    assert after != before
    old, new = outcome(before, shops), outcome(after, shops)
    assert new[:2] == old[:2]
    # expired rows that the loop has loaded, too, are loaded when they are read
    if shops > 1 and "session.commit()" not in code:
        assert new[2] < old[2]


def test_name_that_is_taken(tmp_path: Path) -> None:
    _, after = rewritten(
        tmp_path,
        """
        def run(session: Session, visits: list[int]) -> None:
            for visit in visits:
                session.execute(insert(Visit).values(shop_id=visit))
        """,
    )
    assert "new_visits: list[dict[str, object]] = []\n    for visit in visits:" in after
    assert "    if new_visits:\n        session.execute(insert(Visit), new_visits)" in after


def test_copied_rows_are_shown_as_one_statement(tmp_path: Path) -> None:
    code = """
        def run(session: Session):
            for shop in session.query(Shop).filter(Shop.visits < 5).order_by(Shop.id):
                session.execute(insert(Visit).values(shop_id=shop.id, note="copied"))
            return session.query(Visit.shop_id, Visit.note).count()
    """
    before, _ = rewritten(tmp_path, code)
    path = tmp_path / "main.py"
    report = check([path], root=tmp_path, select=("bulk-insert",))
    (finding,) = report.problems
    (shown,) = finding.alternatives
    assert shown.display
    edits = engine.edits_of(replace(finding, fix=shown), report)
    after = apply_edits(report.source(path), edits).decode()
    assert "for shop in" not in after
    for shops in (0, 1, 12):
        assert outcome(after, shops)[:2] == outcome(before, shops)[:2]
