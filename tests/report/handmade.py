"""Findings in a small project, made by hand: what reports are made from."""

from __future__ import annotations

from pathlib import Path

from codemods.finding import (
    Amount,
    Cost,
    Finding,
    Fix,
    Note,
    Precondition,
    Role,
    Severity,
    Status,
)
from codemods.results import Report
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span

VIEWS = """\
from app.repository import open_orders


def names(session):
    result = []
    for order in open_orders(session):
\tresult.append("客户" + order.customer.name)
    return result
"""
REPOSITORY = """\
def open_orders(session):
    return session.query(Order).filter(Order.open).all()
"""


class Project:
    """Two files, and places in them by their text."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.views = self._write("app/views.py", VIEWS)
        self.repository = self._write("app/repository.py", REPOSITORY)

    def _write(self, name: str, text: str) -> SourceFile:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return SourceFile(path, path.read_bytes())

    def place(self, source: SourceFile, text: str) -> Place:
        start = source.text.index(text)
        return Place(source.path, Span(start, start + len(text)))

    def finding(self, *conditions: Precondition, fix: bool = True) -> Finding:
        return Finding(
            "MN101",
            "eager-load",
            "Order.customer is loaded once per order",
            Severity.HIGH,
            self.place(self.views, "order.customer"),
            function="names",
            related=(
                Note(Role.LOOP, self.place(self.views, "open_orders(session)"), "this loop"),
                Note(
                    Role.QUERY,
                    self.place(self.repository, "session.query(Order)"),
                    "the orders come from this query",
                ),
            ),
            cost=Cost(Amount("1 + orders", "2·orders"), Amount("2", "2·orders")),
            fix=Fix("Load the customers with the orders", conditions, lambda: ()) if fix else None,
            preconditions=conditions,
        )

    def report(self, *findings: Finding) -> Report:
        return Report(
            self.root, findings=findings, files=2, lines=10, projects={self.root: Settings()}
        )


PROVEN = Precondition("is-read-always", Status.PROVEN, "it is read for every order")
