"""Revisions for added indexes, run by Alembic up and down."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("alembic")

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from codemods.finding import NewIndex
from codemods.migrations import MigrationError, Migrations

MODELS = """
from sqlalchemy import Column, DateTime, Enum, ForeignKey, Integer, MetaData, String
from sqlalchemy.orm import declarative_base

CONVENTION = {convention}
Base = declarative_base(metadata=MetaData(naming_convention=CONVENTION))


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(Integer, primary_key=True)
    tactic = Column("tactic_name", String(50))


class Test(Base):
    __tablename__ = "tests"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"))
    state = Column(String(20))
    created_at = Column(DateTime)


def of_tactic(session, tactic):
    return session.query(Technique).filter(Technique.tactic == tactic).all()


def in_state(session, key, state):
    return session.query(Test).filter_by(technique_id=key, state=state).all()


def latest(session):
    return session.query(Test).order_by(Test.created_at.desc()).limit(5).all()
"""
ENV = """
import sys
from alembic import context
import sqlalchemy as sa
sys.path.insert(0, {folder!r})
from models_of_the_project import Base
engine = sa.create_engine({url!r})
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
PLAIN = {"ix_techniques_tactic_name", "ix_tests_created_at", "ix_tests_technique_id_state"}
CONVENTIONS = [
    ("{}", PLAIN),
    ('{"ix": "ix_%(column_0_label)s", "pk": "pk_%(table_name)s"}', PLAIN),
    (
        '{"ix": "%(table_name)s_%(column_0_N_name)s_idx"}',
        {"techniques_tactic_name_idx", "tests_created_at_idx", "tests_technique_id_state_idx"},
    ),
    # what cannot be told is not left to the convention
    ('{"ix": "%(own)s_ix", "own": lambda constraint, table: "x_" + table.name}', PLAIN),
]


class Project:
    """Models, and an environment whose first revisions make their tables."""

    def __init__(self, root: Path, convention: str, branches: int = 1) -> None:
        self.root = root
        (root / "pyproject.toml").write_text("[tool.minusn]\n")
        text = MODELS.replace("{convention}", convention)
        (root / "models_of_the_project.py").write_text(text)
        self.url = f"sqlite:///{root / 'data.db'}"
        self.config = Config(str(root / "alembic.ini"))
        command.init(self.config, str(root / "migrations"))
        env = ENV.format(folder=str(root), url=self.url)
        (root / "migrations/env.py").write_text(env)
        tables = {
            "techniques": '"id INTEGER PRIMARY KEY, tactic_name VARCHAR(50)"',
            "tests": '"id INTEGER PRIMARY KEY, technique_id INTEGER, state VARCHAR(20), '
            'created_at DATETIME"',
        }
        scripts = ScriptDirectory.from_config(self.config)
        previous = "base"
        for number, (table, columns) in enumerate(tables.items()):
            scripts.generate_revision(
                f"a{number}",
                f"make {table}",
                head="base" if branches > 1 else previous,
                splice=False,
                upgrades=f'op.execute("CREATE TABLE {table} (" + {columns} + ")")',
                downgrades=f'op.drop_table("{table}")',
            )
            previous = f"a{number}"

    def minusn(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "codemods", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def add_indexes(self) -> subprocess.CompletedProcess[str]:
        return self.minusn(
            "apply", "--review", "--select", "add-index", "--alembic", "migrations", "."
        )

    def alembic(self, *arguments: str) -> str:
        """In a process of its own: models are imported anew each time."""
        code = (
            "import sys; from alembic.config import main; main(argv=sys.argv[1:], prog='alembic')"
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", code, "-c", str(self.root / "alembic.ini"), *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def indexes(self) -> set[str]:
        engine = sa.create_engine(self.url)
        inspector = sa.inspect(engine)
        found = {
            str(index["name"])
            for table in inspector.get_table_names()
            for index in inspector.get_indexes(table)
        }
        engine.dispose()
        return found

    def revisions(self) -> list[Path]:
        return sorted((self.root / "migrations/versions").glob("*add_indexes*.py"))


@pytest.mark.parametrize(("convention", "names"), CONVENTIONS)
def test_up_and_down(tmp_path: Path, convention: str, names: set[str]) -> None:
    project = Project(tmp_path, convention)
    project.alembic("upgrade", "head")
    assert project.indexes() == set()
    done = project.add_indexes()
    assert done.returncode == 0, done.stderr
    [revision] = project.revisions()
    assert f"Wrote {revision}." in done.stderr
    project.alembic("upgrade", "head")
    assert project.indexes() == names
    # the models say the same: nothing is left to migrate
    assert "add_index" not in project.alembic("revision", "--autogenerate", "-m", "rest")
    text = "".join(p.read_text() for p in (tmp_path / "migrations/versions").glob("*rest*.py"))
    assert "create_index" not in text and "drop_index" not in text, text
    for path in (tmp_path / "migrations/versions").glob("*rest*.py"):
        path.unlink()
    project.alembic("downgrade", "-1")
    assert project.indexes() == set()


def test_several_heads(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}", branches=2)
    assert project.add_indexes().returncode == 0
    assert len(project.revisions()) == 1
    # both tables are there before either gets its index
    project.alembic("upgrade", "heads")
    assert project.indexes() == PLAIN
    [revision] = project.revisions()
    name = revision.name.partition("_")[0]
    project.alembic("downgrade", f"{name}-1")
    assert project.indexes() == set()


def test_an_empty_environment(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    for path in (tmp_path / "migrations/versions").glob("*.py"):
        path.unlink()
    assert project.add_indexes().returncode == 0
    [revision] = project.revisions()
    project.alembic("upgrade", "head", "--sql")
    assert "down_revision" in revision.read_text()


def test_nothing_to_add(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    assert project.add_indexes().returncode == 0
    done = project.add_indexes()
    assert done.returncode == 0
    assert "no revision written" in done.stderr
    assert len(project.revisions()) == 1


def test_no_environment_is_told_before_anything_is_written(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    before = (tmp_path / "models_of_the_project.py").read_bytes()
    (tmp_path / "elsewhere").mkdir()
    done = project.minusn(
        "apply", "--review", "--select", "add-index", "--alembic", "elsewhere", "."
    )
    assert done.returncode == 2
    assert "script.py.mako" in done.stderr
    assert (tmp_path / "models_of_the_project.py").read_bytes() == before


def test_not_with_a_branch(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    done = project.minusn("apply", "--branch", "x", "--alembic", "migrations", ".")
    assert done.returncode == 2
    assert "--branch" in done.stderr


def test_the_folder_of_the_ini_file(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    path = Migrations(project.root).write([NewIndex("ix_a", "tests", ("state",), "app", True)])
    text = path.read_text()
    assert 'op.create_index(op.f("ix_a"), "tests", ["state"], schema="app")' in text
    assert 'op.drop_index(op.f("ix_a"), table_name="tests", schema="app")' in text


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match="missing"):
        Migrations(tmp_path / "missing")


def test_nothing_of_the_project_is_run(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    [last] = (tmp_path / "migrations/versions").glob("a1_*.py")
    last.write_text("import nobody_has_this\nopen('ran', 'w')\n" + last.read_text())
    (tmp_path / "migrations/env.py").write_text("open('ran', 'w')\n")
    (tmp_path / "migrations/versions/notes.py").write_text("no python (\n")
    assert project.add_indexes().returncode == 0
    [revision] = project.revisions()
    assert "'a1'" in revision.read_text()
    assert not (tmp_path / "ran").exists()


def test_merged_branches_have_one_head(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}", branches=2)
    merged = command.merge(project.config, "heads", rev_id="b1")
    assert merged is not None
    assert [head.name for head in Migrations(project.root / "migrations").heads] == ["b1"]


def test_the_names_of_files(tmp_path: Path) -> None:
    project = Project(tmp_path, "{}")
    ini = tmp_path / "alembic.ini"
    text = ini.read_text().replace(
        "[alembic]\n", "[alembic]\nfile_template = r_%%(slug)s_%%(rev)s\n"
    )
    ini.write_text(text)
    path = Migrations(project.root / "migrations").write([NewIndex("ix_a", "tests", ("state",))])
    assert path.name.startswith("r_add_indexes_")
    assert path.parent == tmp_path / "migrations" / "versions"
