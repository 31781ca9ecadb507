"""Session factories: where sessions are made, and with which options."""

from __future__ import annotations

from typing import Any

import pytest
from linked import ROOT, index_of

from codemods.project.model import SessionFactory


def factories(text: str, **others: str) -> dict[str, SessionFactory]:
    files = {"db.py": text, **{f"{name}.py": other for name, other in others.items()}}
    return dict(index_of(files).factories)


IMPORTS = """
import sqlalchemy.orm as orm
from sqlalchemy.orm import Session, create_session, scoped_session, sessionmaker
from sqlalchemy.ext.asyncio import (
    AsyncSession, async_scoped_session, async_sessionmaker, create_async_engine,
)
from sqlmodel import Session as ModelSession
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.query import Query
class Own(Session): pass
class Made(Session):
    def __init__(self, **kw): super().__init__(autoflush=False, **kw)
class OwnQuery(Query): pass
class OwnFlask(SQLAlchemy): pass
OFF = False
OPTIONS = {"autoflush": False}
"""


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("sessionmaker()", {}),
        ("sessionmaker(bind=engine, autoflush=False)", {"autoflush": False}),
        ("orm.sessionmaker(engine, expire_on_commit=False)", {"expire_on_commit": False}),
        ("sessionmaker(autoflush=OFF)", {"autoflush": False}),
        ("sessionmaker(autoflush=settings.x)", {"autoflush": None}),
        ("sessionmaker(**options)", {"autoflush": None, "expire_on_commit": None}),
        (
            "sessionmaker(autoflush=True, **options)",
            {"autoflush": True, "expire_on_commit": None},
        ),
        ("async_sessionmaker(engine, autoflush=False)", {"asynchronous": True, "autoflush": False}),
        ("sessionmaker(engine, class_=AsyncSession)", {"asynchronous": True}),
        ("sessionmaker(class_=Own)", {"custom_class": "db.Own"}),
        (
            "sessionmaker(class_=Made)",
            {"custom_class": "db.Made", "autoflush": None, "expire_on_commit": None},
        ),
        ("sessionmaker(query_cls=OwnQuery)", {"query_class": "db.OwnQuery"}),
        ("scoped_session(sessionmaker(autoflush=False))", {"autoflush": False, "scoped": True}),
        ("scoped_session(lambda: create_session(autoflush=True))", {
            "expire_on_commit": False, "scoped": True,
        }),
        ("scoped_session(make)", {"autoflush": None, "expire_on_commit": None, "scoped": True}),
        (
            "async_scoped_session(async_sessionmaker(expire_on_commit=False), scopefunc=f)",
            {"asynchronous": True, "scoped": True, "expire_on_commit": False},
        ),
        ("Session(engine, autoflush=False)", {"autoflush": False, "scoped": True}),
        ("sessionmaker(autoflush=False)()", {"autoflush": False, "scoped": True}),
        ("ModelSession(engine)", {"scoped": True}),
        ("SQLAlchemy()", {"scoped": True}),
        ("OwnFlask(app)", {"scoped": True}),
        ("SQLAlchemy(session_options={'autoflush': False})", {"scoped": True, "autoflush": False}),
        ("SQLAlchemy(session_options=dict(autoflush=False))", {"scoped": True, "autoflush": False}),
        ("SQLAlchemy(session_options=OPTIONS)", {"scoped": True, "autoflush": False}),
        (
            "SQLAlchemy(session_options=options)",
            {"scoped": True, "autoflush": None, "expire_on_commit": None},
        ),
        ("SQLAlchemy(query_class=OwnQuery)", {"scoped": True, "query_class": "db.OwnQuery"}),
    ],
)  # fmt: skip
def test_what_a_factory_says(made: str, expected: dict[str, Any]) -> None:
    found = factories(f"{IMPORTS}\nfactory = {made}\n")["db.factory"]
    options = {
        "asynchronous": False,
        "autoflush": True,
        "expire_on_commit": True,
        "scoped": False,
        "test": False,
        "custom_class": None,
        "query_class": None,
    }
    assert {name: getattr(found, name) for name in options} == options | expected
    assert found.place.path == ROOT / "db.py"


def test_a_scoped_session_of_a_factory_in_another_file() -> None:
    found = factories(
        "from sqlalchemy.orm import scoped_session\nfrom made import maker\n"
        "Session = scoped_session(maker)\n",
        made="from sqlalchemy.orm import sessionmaker\nmaker = sessionmaker(autoflush=False)\n",
    )
    assert found["db.Session"].autoflush is False
    assert found["made.maker"].scoped is False


def test_a_later_configure_counts() -> None:
    maker = "from sqlalchemy.orm import sessionmaker\nSession = sessionmaker()\n"
    certain = factories(maker, app="from db import Session\nSession.configure(autoflush=False)\n")
    assert certain["db.Session"].autoflush is False
    possible = factories(
        maker, app="from db import Session\ndef start(): Session.configure(autoflush=False)\n"
    )
    assert possible["db.Session"].autoflush is None
    same = factories(maker, app="from db import Session\ndef start(): Session.configure(bind=1)\n")
    assert same["db.Session"].autoflush is True


def test_sessions_that_functions_open() -> None:
    found = factories("""
        from sqlalchemy.orm import Session as S, sessionmaker
        maker = sessionmaker()
        def f(engine):
            with S(engine, expire_on_commit=False) as s: pass
            with maker() as t: pass
            with maker(autoflush=False) as u: pass
        class Unit:
            factory = sessionmaker(autoflush=False)
            def __init__(self): self.session = maker()
        """)
    flags = {(f.autoflush, f.expire_on_commit) for name, f in found.items() if "db.f@" in name}
    assert flags == {(True, False), (False, True)}
    assert found["db.Unit.factory"].autoflush is False
    assert len(found) == 4


def test_a_class_of_the_project_named_session_makes_none() -> None:
    found = factories(
        "from models import Session\nx = Session(autoflush=False)\ndef f(): return Session()\n",
        models="class Session: pass\n",
    )
    assert not found


@pytest.mark.parametrize(
    ("name", "test"),
    [
        ("tests/db.py", True),
        ("app/tests/deep/db.py", True),
        ("conftest.py", True),
        ("app/test_db.py", True),
        ("app/db_test.py", True),
        ("app/latest.py", False),
        ("app/db.py", False),
    ],
)
def test_factories_of_tests(name: str, test: bool) -> None:
    text = "from sqlalchemy.orm import sessionmaker\nmaker = sessionmaker()\n"
    (found,) = index_of({name: text}).factories.values()
    assert found.test is test
