"""Helpers that call helpers: what is handed down, and where each level fetches for itself."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_batch import HELPER, after, found, project, stopped

from codemods import engine
from codemods.finding import Status
from codemods.orm import batch_sites, varied
from codemods.orm.batch_sites import Site
from codemods.orm.scope import Scope

INNER = """
from sqlalchemy.orm import Session

from app.models import Customer, Order


def sold(session: Session, customer: Customer) -> int:
    return session.query(Order).filter(Order.seller_id == customer.id).count()


def customer_of(session: Session, order: Order) -> Customer | None:
    return session.query(Customer).filter(Customer.id == order.customer_id).one_or_none()
"""

LOOP = """
from sqlalchemy.orm import Session

from app.helpers import *


def totals(session: Session, orders: list[Order]) -> list[int]:
    return [total(session, order) for order in orders]
"""

HEAD = """
from sqlalchemy.orm import Session

from app.inner import customer_of, sold
from app.models import Customer, Order

"""


def outer(root: Path, helper: str) -> Path:
    loop = LOOP.replace("*", "total").replace(
        "import total\n", "import total\nfrom app.models import Order\n"
    )
    files = {"app/inner.py": INNER, "app/helpers.py": HEAD + helper, "app/loop.py": loop}
    return project(root, files)


def test_another_module_hands_on(tmp_path: Path) -> None:
    written = after(
        outer(
            tmp_path,
            """
def total(session: Session, order: Order) -> int:
    seller = session.query(Customer).filter(Customer.id == order.seller_id).one()
    return sold(session, seller)
""",
        )
    )
    helpers = written["app/helpers.py"]
    assert "from app.inner import customer_of, order_counts_by_seller_id, sold" in helpers
    assert "return sold(session, seller, order_counts=data.order_counts)" in helpers
    assert "order: Order, *, data: Optional[TotalData] = None" in " ".join(helpers.split())
    assert "data = load_total_data(session, orders)" in written["app/loop.py"]
    again = {"app/inner.py": INNER, **written}
    assert not found(project(tmp_path, again))


def test_what_may_be_none_is_handed_on_by_its_key_only(tmp_path: Path) -> None:
    """The inner helper raises for None, after what was done for the items before."""
    helper = """
def total(session: Session, order: Order) -> int:
    seller = session.query(Customer).filter(Customer.id == order.seller_id).one_or_none()
    return sold(session, seller)
"""
    written = after(outer(tmp_path, helper))
    assert "return sold(session, seller)" in written["app/helpers.py"]
    guarded = helper.replace("    return", "    if seller is None:\n        return 0\n    return")
    written = after(outer(tmp_path, guarded))
    assert (
        "return sold(session, seller, order_counts=data.order_counts)" in written["app/helpers.py"]
    )


def test_an_inner_loop_that_is_left(tmp_path: Path) -> None:
    """Not all of its items are asked for, so that all of them may be too many."""
    written = after(
        outer(
            tmp_path,
            """
def total(session: Session, order: Order) -> int:
    number = 0
    others = session.query(Order).filter(Order.seller_id == order.seller_id).order_by(Order.id).all()
    for other in others:
        if other.customer_id == order.customer_id:
            break
        customer = customer_of(session, other)
        number += customer is not None
    return number
""",
        )
    )
    assert not written
    findings = found(tmp_path)
    assert {stopped(finding).get("asked-every-time") for finding in findings} == {Status.UNKNOWN}


def test_an_inner_loop_over_nothing_that_was_fetched(tmp_path: Path) -> None:
    """The rows of the inner loop are asked for item by item: each call fetches for itself."""
    written = after(
        outer(
            tmp_path,
            """
def total(session: Session, order: Order) -> int:
    others = session.query(Order).filter(Order.id > order.id).order_by(Order.id).all()
    return sum(customer_of(session, other) is not None for other in others)
""",
        )
    )
    helpers = written["app/helpers.py"]
    assert "customers = customers_by_id(session, others)" in helpers
    assert "def total(session: Session, order: Order) -> int:" in helpers
    assert "app/loop.py" not in written


def test_two_functions_of_one_name(tmp_path: Path) -> None:
    written = after(
        outer(
            tmp_path,
            """
def get_total(session: Session, order: Order) -> int:
    seller = session.query(Customer).filter(Customer.id == order.seller_id).one()
    return sold(session, seller)


def total(session: Session, order: Order) -> int:
    buyer = session.query(Customer).filter(Customer.id == order.customer_id).one()
    return get_total(session, order) + sold(session, buyer)
""",
        )
    )
    helpers = ast.parse(written["app/helpers.py"])
    defined = [n.name for n in helpers.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert len(set(defined)) == len(defined)
    assert {"load_total_data", "load_all_total_data", "TotalData", "AllTotalData"} <= set(defined)


MIXED = """
from sqlalchemy.orm import Session

from app.inner import sold
from app.models import Customer, Order


def numbers(session: Session, customers: list[Customer]) -> list[int]:
    return [sold(session, customer) for customer in customers]


def shown(session: Session, customers: list[Customer]) -> None:
    for customer in customers:
        print(sold(session, customer))
        session.add(Order(customer_id=customer.id, seller_id=customer.id))


def twice(session: Session) -> list[int]:
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        found.append(sold(session, customer))
        found.append(sold(session, customer))
    return found
"""


def test_a_loop_that_has_to_stay_is_reported_before_and_after(tmp_path: Path) -> None:
    files = {"app/inner.py": INNER, "app/loops.py": MIXED}
    before = found(project(tmp_path, files))
    fixed = [finding.function for finding in before if finding.fix]
    assert (len(before), fixed) == (4, ["numbers", "twice", "twice"])
    written = after(tmp_path)
    (left,) = found(project(tmp_path, {**files, **written}))
    assert (left.function, left.fix, stopped(left)) == (
        "shown",
        None,
        {"handed-over": Status.REFUTED},
    )
    assert "sends a query for each customer" in left.message
    assert written["app/loops.py"].count("order_counts_by_seller_id(session, customers)") == 2


def test_callers_that_call_one_another_are_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"step_{number}" for number in range(9)]
    steps = "\n\n".join(
        f"def {name}(session, customer_id):\n"
        + "".join(f"    {other}(session, customer_id)\n" for other in names if other != name)
        + "    return numbers(session, customer_id)"
        for name in names
    )
    loop = "def everything(session, ids):\n    for each in ids:\n        step_0(session, each)"
    text = f"from app.helpers import numbers\n\n\n{steps}\n\n\n{loop}\n"
    root = project(tmp_path, {"app/helpers.py": HELPER, "app/steps.py": text})
    looked_at = Counter[str]()

    def counted(scope: Scope) -> Iterator[Site]:
        looked_at[scope.code.name] += 1
        return batch_sites.sites(scope)

    monkeypatch.setattr(varied, "sites", counted)
    (found_,) = engine.check([root], select=["batch-helper"], root=root).findings
    assert found_.function == "everything"
    assert looked_at
    assert set(looked_at.values()) == {1}
