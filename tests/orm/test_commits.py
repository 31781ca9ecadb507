"""What is said of commits in loops, the suggestion that is shown, and that the counts are true."""

from __future__ import annotations

import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, event

from codemods import check, diff, engine
from codemods.edits import apply_edits
from codemods.finding import Applicability, Finding

MODELS = """
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()
Local = sessionmaker()


class Campaign(Base):
    __tablename__ = "campaigns"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    role = Column(String(20))


class Notification(Base):
    __tablename__ = "notifications"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer)
    text = Column(String(20))
"""

CREATE = """
def create_notification(db: Session, user_id: int, text: str) -> Notification:
    notification = Notification(user_id=user_id, text=text)
    db.add(notification)
    db.commit()
    db.refresh(notification)
    return notification
"""


def project(folder: Path, code: str) -> Path:
    (folder / "pyproject.toml").write_text('[tool.minusn]\nselect = ["MN404", "MN407"]\n')
    (folder / "models.py").write_text(MODELS)
    path = folder / "main.py"
    path.write_text(
        "from models import *  # of sqlalchemy\n\n" + textwrap.dedent(code).strip() + "\n"
    )
    return path


def findings(folder: Path, code: str, rule: str) -> list[Finding]:
    path = project(folder, code)
    return list(check([path], root=folder, select=(rule,)).problems)


def shown(folder: Path, code: str) -> str:
    """The code as the only suggestion has it."""
    path = project(folder, code)
    report = check([path], root=folder, select=("MN404",))
    (finding,) = report.problems
    assert finding.applicability is Applicability.DISPLAY
    assert not diff([path], root=folder, review=True, select=("MN404",)).files
    return apply_edits(report.source(path), engine.edits_of(finding, report)).decode()


def test_helper_that_commits_gets_a_parameter(tmp_path: Path) -> None:
    code = CREATE + textwrap.dedent("""
        def run(db: Session):
            for campaign in db.query(Campaign).all():
                for user in db.query(User).filter(User.role == "red").all():
                    create_notification(db, user.id, campaign.name)
    """)
    made = shown(tmp_path, code)
    assert "text: str, *, commit: bool = True" in " ".join(made.split())
    assert "    if commit:\n        db.commit()\n        db.refresh(notification)\n" in made
    assert "create_notification(db, user.id, campaign.name, commit=False)\n    db.commit()" in made


def test_what_the_suggestion_makes_is_not_found_again(tmp_path: Path) -> None:
    code = CREATE + textwrap.dedent("""
        def run(db: Session):
            for user in db.query(User).all():
                create_notification(db, user.id, "x")
    """)
    made = shown(tmp_path, code)
    path = tmp_path / "main.py"
    path.write_text(made)
    assert not check([path], root=tmp_path, select=("MN404",)).problems


def test_keys_that_are_read_are_flushed_for(tmp_path: Path) -> None:
    made = shown(
        tmp_path,
        """
        def run(db: Session, names):
            ids = []
            for name in names:
                user = User(role=name)
                db.add(user)
                db.commit()
                ids.append(user.id)
            return ids
        """,
    )
    assert "db.add(user)\n        db.flush()\n" in made
    assert "ids.append(user.id)\n    db.commit()\n" in made


def test_commit_stays_where_the_session_has_its_name(tmp_path: Path) -> None:
    made = shown(
        tmp_path,
        """
        def run(tenants):
            for tenant in tenants:
                with Local() as db:
                    for user in db.query(User):
                        user.role = tenant
                        db.commit()
        """,
    )
    assert "user.role = tenant\n            db.commit()\n" in made


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("user.role = 'x'\n        db.commit()", "the loop commits once per user"),
        ("if user.role:\n            db.commit()", "the loop commits up to once per user"),
        (
            "db.add(user)\n        db.commit()\n        if user.role:\n            db.commit()",
            "the loop commits up to twice per user",
        ),
        (
            "if user.role:\n            db.commit()\n        else:\n            db.commit()",
            "the loop commits up to once per user",
        ),
        ("db.refresh(user)", "the loop refreshes once per user"),
        ("create_notification(db, 1, 'x')", "create_notification() commits and refreshes once per"),
    ],
)
def test_message(tmp_path: Path, body: str, told: str) -> None:
    code = CREATE + f"\n\ndef run(db: Session):\n    for user in db.query(User):\n        {body}\n"
    (finding,) = findings(tmp_path, code, "MN404")
    assert finding.message.startswith(told)


EXPIRED = [
    ("user.role = user.role or 'x'\n        db.commit()", "1 + users", 1),
    ("if i % 4 == 3:\n            db.commit()\n        user.role.upper()", "1 + users", 1),
    ("create_notification(db, user.id, 'x')", "1 + users", 1),
    ("user.role = 'x'\n        db.commit()", "1 + users", 1),
    ("db.get(User, user.id)", None, 0),
]


@pytest.mark.parametrize(("body", "cost", "reloads"), EXPIRED)
def test_rows_are_loaded_again(tmp_path: Path, body: str, cost: str | None, reloads: int) -> None:
    loop = "for i, user in enumerate(db.query(User).all()):"
    code = f"{CREATE}\n\ndef run(db: Session):\n    {loop}\n        {body}\n"
    found = findings(tmp_path, code, "MN407")
    assert [f.cost.before.statements for f in found if f.cost] == ([cost] if cost else [])
    assert _users_loaded(code, 20) == (reloads > 0)


def _users_loaded(code: str, count: int) -> bool:
    """True if a run selects users one by one: half of them at least."""
    space: dict[str, object] = {}
    exec(MODELS + code, space)
    module = SimpleNamespace(**space)
    engine_ = create_engine("sqlite://")
    module.Base.metadata.create_all(engine_)
    with module.Session(engine_) as session:
        session.add_all(module.User(role="red") for _ in range(count))
        session.commit()
    alone: list[str] = []

    @event.listens_for(engine_, "before_cursor_execute")
    def _seen(*arguments: object) -> None:
        statement = str(arguments[2])
        if statement.startswith("SELECT") and "WHERE users.id = ?" in statement:
            alone.append(statement)

    with module.Session(engine_) as session:
        module.run(session)
    return len(alone) >= count / 2


def test_rows_that_the_next_commit_expires_are_not_read_again(tmp_path: Path) -> None:
    made = shown(
        tmp_path,
        """
        def run(db: Session, names):
            users = []
            for name in names:
                user = User(role=name)
                db.add(user)
                db.commit()
                db.refresh(user)
                users.append(user)
            return users
        """,
    )
    assert "        db.add(user)\n        users.append(user)\n    db.commit()\n" in made


def test_rows_of_a_query_that_are_read_again(tmp_path: Path) -> None:
    made = shown(
        tmp_path,
        """
        def run(db: Session):
            for user in db.query(User).all():
                db.refresh(user)
                print(user.role)
        """,
    )
    assert "in db.query(User).all():\n        print(user.role)\n" in made


def test_a_method_of_what_has_the_session(tmp_path: Path) -> None:
    made = shown(
        tmp_path,
        """
        class Users:
            def __init__(self, db: Session):
                self.db = db

            def save(self, user: User) -> None:
                self.db.add(user)
                self.db.commit()


        def run(db: Session, names):
            users = Users(db)
            for name in names:
                users.save(User(role=name))
        """,
    )
    assert "users.save(User(role=name), commit=False)\n    users.db.commit()" in made


def test_a_helper_in_a_comprehension(tmp_path: Path) -> None:
    code = CREATE + textwrap.dedent("""
        def run(db: Session, keys):
            made = [create_notification(db, key, "x") for key in keys]
            return len(made)
    """)
    made = shown(tmp_path, code)
    assert 'key, "x", commit=False) for key in keys]\n    db.commit()\n' in made


def test_a_helper_in_what_is_returned(tmp_path: Path) -> None:
    code = CREATE + textwrap.dedent("""
        def run(db: Session, keys):
            return [create_notification(db, key, "x") for key in keys]
    """)
    (found,) = findings(tmp_path, code, "commit-once")
    assert found.fix is None
