"""What starting up costs: `check` loads nothing that only other commands need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("libcst", "sqlalchemy", "pygls", "lsprotocol", "asyncio", "black", "hypothesis")

CLEAN = """
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)


def ids(session):
    return [order.id for order in session.query(Order).all()]
"""

NEEDY = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"))
    customer = relationship(Customer)


def customers(session):
    return [order.customer.id for order in session.query(Order).all()]
"""

PROBE = """
import json, sys
from codemods.cli import main
code, sys.argv = 0, ["minusn", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    code = end.code
sys.stdout.flush()
print("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def loaded(arguments: list[str], folder: Path) -> tuple[int, set[str]]:
    """The exit code of a command, and the modules that are there at its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return code or 0, set(modules)


@pytest.mark.parametrize(("source", "code"), [(CLEAN, 0), (NEEDY, 1)], ids=["clean", "findings"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_check(source: str, code: int, form: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.minusn]\n")
    (tmp_path / "app.py").write_text(source)
    result, modules = loaded(["check", "--output-format", form], tmp_path)
    assert result == code
    assert not modules & set(HEAVY)


def test_the_package_itself_is_cheap(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import codemods, sys; print(*sys.modules)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(done.stdout.split())
    assert "codemods.engine" not in modules
    assert not modules & {*HEAVY, "ast", "click", "rich"}


def test_help_loads_neither_engine_nor_rules(tmp_path: Path) -> None:
    code, modules = loaded(["--help"], tmp_path)
    assert code == 0
    assert not modules & {*HEAVY, "codemods.engine", "codemods.rules", "rich"}
