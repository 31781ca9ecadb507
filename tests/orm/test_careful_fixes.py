"""A fix writes names and lists as the file around it does."""

from __future__ import annotations

from pathlib import Path

from small_project import make

from codemods import check, engine
from codemods.rewrite.black_style import told_width

THINGS = """
from sqlalchemy import Column, ForeignKey, String, Uuid
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Uuid, primary_key=True)
    name = Column(String, nullable=False)


class Thing(Base):
    __tablename__ = "things"
    id = Column(Uuid, primary_key=True)
    owner_id = Column(Uuid, ForeignKey("owners.id"), nullable=False)
    name = Column(String, nullable=False)
    owner = relationship(Owner)

    @classmethod
    def named(cls, session):
        return session.query(cls).filter(cls.name != "").order_by(cls.id)
"""
LITERAL = """
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.things import Owner, Thing


def names(session: Session, first: Owner, second: Owner) -> dict[uuid.UUID, list[str]]:
    found = {}
    for key in [first.id, second.id]:
        things = session.scalars(
            select(Thing).where(Thing.owner_id == key).order_by(Thing.id)
        ).all()
        found[key] = [thing.name for thing in things]
    return found
"""
LOCAL = """
def owners(session):
    from app.things import Thing

    return [thing.owner.name for thing in Thing.named(session)]
"""
CHUNKS = """
from sqlalchemy import select

from app.things import Thing


def of_owners(session, keys):
    return session.scalars(select(Thing).where(Thing.owner_id.in_(keys))).all()


def by_chunks(session, keys):
    found = []
    for start in range(0, len(keys), 100):
        found += of_owners(session, keys[start : start + 100])
    return found


def by_owner(session, groups):
    found = []
    for keys in groups:
        found += of_owners(session, keys)
    return found
"""


def _written(folder: Path, **files: str) -> str:
    root = make(folder, things=THINGS, **files)
    (name,) = files
    (changed,) = engine.diff([root / "app" / f"{name}.py"], review=True).files
    return changed.after.decode()


def test_a_literal_gets_a_name_and_an_imported_module_is_named(tmp_path: Path) -> None:
    text = _written(tmp_path, literal=LITERAL)
    assert "= [first.id, second.id]\n" in text
    assert "things_by_owner_id: dict[uuid.UUID, list[Thing]] = {}\n" in text
    assert "from uuid import" not in text
    assert "if " not in text


def test_a_class_that_the_function_imports_is_not_imported_again(tmp_path: Path) -> None:
    text = _written(tmp_path, local=LOCAL)
    assert "selectinload(Thing.owner)" in text
    assert text.count("import Thing") == 1


def test_a_query_for_each_chunk_is_what_it_should_be(tmp_path: Path) -> None:
    root = make(tmp_path, things=THINGS, chunks=CHUNKS)
    found = check([root]).findings
    assert [f.function for f in found] == ["by_owner"]


def test_what_a_formatter_is_told(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    for text, width in (
        ("[tool.ruff]\nline-length = 70", 70),
        ("[tool.ruff.lint]\nselect = ['E']", 88),
        ("[tool.black]", 88),
        ("[tool.mypy]", None),
    ):
        (tmp_path / "pyproject.toml").write_text(text)
        assert told_width(file) == width
