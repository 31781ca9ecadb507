"""Dynamic relationships: what the tool takes them for, by all rules at once."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

from codemods import check, diff
from codemods.finding import Status

CASES = Path(__file__).parents[2] / "before_after"


def project(folder: Path, code: str) -> Path:
    shutil.copytree(CASES / "shop", folder / "shop", dirs_exist_ok=True)
    shutil.copy(CASES / "pyproject.toml", folder)
    path = folder / "main.py"
    head = "from shop.models import AuditLog, Order, User\n\n\n"
    path.write_text(head + textwrap.dedent(code).lstrip())
    return path


def found(folder: Path, code: str) -> list[tuple[str, int]]:
    """The rules that find something, with the rows."""
    path = project(folder, code)
    report = check([path], root=folder)
    return [(f.name, report.locations(f.place)[0].row - 3) for f in report.problems]


def rewritten(folder: Path, code: str, *rules: str) -> str:
    path = project(folder, code)
    (change,) = diff([path], root=folder, review=True, select=rules).files
    return change.after.decode()


def test_one_rule_reports_a_place(tmp_path: Path) -> None:
    code = """
        def report(session):
            for user in session.query(User).all():
                print(user.entries.count() > 0)
                print(len(user.entries.all()))
                print(sum(1 for entry in user.entries if entry.action == "x"))
    """
    rules = {name for name, _ in found(tmp_path, code)}
    assert rules == {"dynamic-in-loop"}


def test_rows_of_a_relationship_are_those_of_its_row(tmp_path: Path) -> None:
    """The other side of the relationship is the row that was asked."""
    code = """
        def report(session):
            user = session.query(User).filter_by(id=1).one()
            for entry in user.entries.order_by(AuditLog.id):
                print(entry.user.login)
    """
    assert found(tmp_path, code) == []


def test_rows_of_one_relationship_are_loaded_eagerly(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    code = """
        def managers(session):
            user = session.query(User).filter_by(id=1).one()
            for entry in user.seen:
                print(entry.order.number)
    """
    path = project(folder, code)
    models = folder / "shop" / "models.py"
    text = models.read_text().replace(
        '    user = relationship("User", back_populates="entries")',
        '    order_id = Column(ForeignKey("orders.id"))\n'
        '    order = relationship("Order")\n'
        '    user = relationship("User", back_populates="entries")',
    )
    text = text.replace(
        '    entries = relationship("AuditLog", back_populates="user", lazy="dynamic")',
        '    entries = relationship("AuditLog", back_populates="user", lazy="dynamic")\n'
        '    seen = relationship("AuditLog", lazy="dynamic", viewonly=True)',
    )
    models.write_text(text)
    (change,) = diff([path], root=folder, review=True, select=("eager-load",)).files
    assert "user.seen.options(selectinload(AuditLog.order))" in change.after.decode()


def test_what_is_written_through_a_relationship_is_a_write(tmp_path: Path) -> None:
    code = """
        def report(session):
            for user in session.query(User).all():
                number = session.query(AuditLog).filter(AuditLog.user_id == user.id).count()
                user.entries.append(AuditLog(entity_type="user", entity_id=str(number)))
    """
    path = project(tmp_path, code)
    (finding,) = check([path], root=tmp_path, select=("hoist-lookup",)).problems
    assert finding.fix is None
    assert "table-not-written" in {p.name for p in finding.preconditions if p.status == "refuted"}


def test_a_query_that_is_built_in_steps(tmp_path: Path) -> None:
    code = """
        def report(session, action):
            result = {}
            for user in session.query(User).all():
                entries = user.entries.filter_by(action=action)
                result[user.login] = entries.count()
            return result
    """
    after = rewritten(tmp_path, code, "dynamic-in-loop")
    assert ".filter(AuditLog.user_id.in_(user_ids))" in after
    assert ".filter_by(action=action)" in after
    assert "user.entries" not in after


def test_get_on_a_relationship_is_left_alone(tmp_path: Path) -> None:
    code = """
        def report(session, keys):
            user = session.query(User).filter_by(id=1).one()
            return [user.entries.get(key) for key in keys]
    """
    assert found(tmp_path, code) == []


def test_an_import_closes_no_circle(tmp_path: Path) -> None:
    """A class that a model refers to by its name is in a module that imports the model's."""
    models = {
        "base": """
            from sqlalchemy.orm import declarative_base

            Base = declarative_base()
        """,
        "albums": """
            from sqlalchemy import Column, Integer
            from sqlalchemy.orm import relationship

            from gallery.base import Base


            class Album(Base):
                __tablename__ = "albums"
                id = Column(Integer, primary_key=True)
                photos = relationship("Photo", lazy="dynamic")


            def counts(session):
                return [album.photos.count() for album in session.query(Album).all()]
        """,
        "photos": """
            from sqlalchemy import Column, ForeignKey, Integer

            from gallery.albums import Album
            from gallery.base import Base


            class Photo(Base):
                __tablename__ = "photos"
                id = Column(Integer, primary_key=True)
                album_id = Column(ForeignKey("albums.id"))
        """,
        "__init__": "",
    }
    for name, code in models.items():
        path = tmp_path / "gallery" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(code).lstrip())
    report = check([tmp_path], root=tmp_path)
    (finding,) = [f for f in report.problems if f.name == "dynamic-in-loop"]
    doubts = {p.name for p in finding.preconditions if p.status is not Status.PROVEN}
    assert doubts == {"imports-possible"}
