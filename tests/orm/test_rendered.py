"""rendered: which calls and returns run a renderer, seen from what `check` reports."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_project

from codemods import engine
from codemods.finding import Finding, Role

SCHEMAS = """
from marshmallow import Schema, fields


class CustomerSchema(Schema):
    name = fields.Str()


class OrderSchema(Schema):
    id = fields.Int()
    customer = fields.Nested(CustomerSchema)


orders_schema = OrderSchema(many=True)
few_schema = OrderSchema(many=True, only=("id",))
"""
HEAD = """
from sqlalchemy.orm import Session

from app.models import Order
from app.schemas import OrderSchema, few_schema, orders_schema


class View:
    schema = orders_schema
    many = OrderSchema(many=True)

    def show(self, session: Session):
        return self.many.dump(session.query(Order).all())


def all_orders(session: Session) -> list[Order]:
    return session.query(Order).all()


def dumped(rows):
    return orders_schema.dump(rows)

"""


def check(folder: Path, body: str) -> list[Finding]:
    """The findings in a function `view(session)` with this body."""
    text = f"{HEAD}\ndef view(session: Session):\n{body}"
    small_project.make(folder, schemas=SCHEMAS, use=text)
    report = engine.check([folder], root=folder, select=("eager-load",))
    assert not report.trouble, report.failures or report.skipped
    return list(report.problems)


READ = [
    "    return orders_schema.dump(session.query(Order).all())\n",
    "    return orders_schema.dump(all_orders(session))\n",
    "    return dumped(session.query(Order).all())\n",
    "    return [OrderSchema().dump(order) for order in session.query(Order)]\n",
    "    rows = session.query(Order).all()\n    return {'rows': orders_schema.dump(rows)}\n",
]


@pytest.mark.parametrize("body", READ)
def test_a_schema_reads_the_rows_of_a_query(body: str, tmp_path: Path) -> None:
    own = {_query(finding) for finding in check(tmp_path / "without", "    return None\n")}
    found = [f for f in check(tmp_path / "with", body) if _query(f) not in own]
    assert len(found) == 1
    assert found[0].fix and found[0].place.path.name == "schemas.py"
    assert any("OrderSchema.dump" in note.message for note in found[0].related)


def _query(finding: Finding) -> tuple[int, ...]:
    return tuple(n.place.span.start for n in finding.related if n.role is Role.QUERY)


UNREAD = [
    "    return few_schema.dump(session.query(Order).all())\n",
    "    return OrderSchema(many=True, exclude=('customer',)).dump(session.query(Order).all())\n",
    "    schema = few_schema\n    return schema.dump(session.query(Order).all())\n",
    "    orders_schema = few_schema\n\n"
    "    def inner(rows):\n        return orders_schema.dump(rows)\n\n"
    "    return inner(session.query(Order).all())\n",
]


@pytest.mark.parametrize("body", UNREAD)
def test_what_the_schema_leaves_out_is_not_read(body: str, tmp_path: Path) -> None:
    before = len(check(tmp_path / "without", "    return None\n"))
    assert len(check(tmp_path / "with", body)) == before


def test_a_schema_in_an_attribute_of_the_class(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, "    return None\n")
    assert finding.fix and finding.place.path.name == "schemas.py"
