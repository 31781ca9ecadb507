"""Queries that functions of a repository send for a loop, over several files."""

from __future__ import annotations

import textwrap
from pathlib import Path

from small_project import MODELS

from codemods import engine
from codemods.finding import Finding, Status

REPOSITORY = """
from app.models import Customer, Order


class Repository:
    model = None

    def __init__(self, session):
        self.session = session

    def get(self, key):
        return self.session.get(self.model, key)

    def find(self, **criteria):
        return self.session.query(self.model).filter_by(**criteria).one_or_none()


class Customers(Repository):
    model = Customer
"""

LOOP = """
from sqlalchemy.orm import Session

from app.repository import Customers


def names(session: Session, ids: list[int]) -> list[str]:
    customers = Customers(session)
    found = []
    for each in ids:
        customer = customers.find(id=each)
        found.append(customer.name if customer else "")
    return found
"""


def found(root: Path, **files: str) -> list[Finding]:
    """The findings in a project with `app/repository.py`, `app/one.py` and other files."""
    everything = {"app/__init__.py": "", "app/models.py": MODELS, "app/repository.py": REPOSITORY}
    everything |= {f"{name.replace('__', '/')}.py": text for name, text in files.items()}
    for name, text in everything.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    (root / "pyproject.toml").write_text('[tool.minusn]\ndatabase = ["sqlite"]\n', "utf-8")
    report = engine.check([root], select=["hoist-lookup", "batch-helper"], root=root)
    assert not report.trouble
    return list(report.findings)


def stopped(findings: list[Finding]) -> list[tuple[str, dict[str, Status]]]:
    return [
        (each.name, {c.name: c.status for c in each.preconditions if c.status is not Status.PROVEN})
        for each in findings
    ]


def test_a_repository_of_another_file(tmp_path: Path) -> None:
    findings = found(tmp_path, app__one=LOOP)
    assert stopped(findings) == [("hoist-lookup", {})]
    assert [note.place.path.name for note in findings[0].related] == ["one.py", "repository.py"]


def test_a_test_replaces_the_method(tmp_path: Path) -> None:
    test = "from unittest import mock\n\n\n@mock.patch('app.repository.Repository.find')\ndef test(find): ...\n"
    findings = found(tmp_path, app__one=LOOP, tests__test_one=test)
    assert stopped(findings) == [("hoist-lookup", {"not-replaced": Status.UNKNOWN})]


def test_a_subclass_with_a_method_of_its_own(tmp_path: Path) -> None:
    own = """
    class Members(Customers):
        def find(self, **criteria):
            return super().find(**criteria) or self.get(1)
    """
    loop = LOOP.replace("session: Session, ids", "customers: Customers, ids")
    loop = loop.replace("    customers = Customers(session)\n", "")
    (finding,) = found(tmp_path, app__one=loop + textwrap.dedent(own))
    assert finding.fix is None or finding.fix.applicability.value != "safe"


def test_the_class_is_reached_through_a_call(tmp_path: Path) -> None:
    loop = LOOP.replace("customers.find(id=each)", "made(session).find(id=each)")
    loop += "\n\ndef made(session: Session) -> Customers:\n    return Customers(session)\n"
    (finding,) = found(tmp_path, app__one=loop)
    assert finding.fix is None
