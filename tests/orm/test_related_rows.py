"""Lookups that a relationship expresses: the alternative, its text, and when there is none."""

from __future__ import annotations

import shutil
import sys
import textwrap
from importlib import util
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from codemods import check
from codemods.edits import apply_edits
from codemods.engine import edits_of
from codemods.finding import Applicability, Finding
from codemods.source import SourceFile

CASES = Path(__file__).parents[2] / "before_after"
FIRST = """
    from shop.models import Customer, Order


    def labels(session):
        result = []
        for order in session.query(Order).order_by(Order.id).all():
            customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
            result.append(customer.name if customer else "nobody")
        return result
"""
READ = """
    from sqlalchemy.orm import selectinload

    from shop.models import Customer, Order


    def labels(session):
        result = []
        for order in (
            session.query(Order).options(selectinload(Order.customer)).order_by(Order.id).all()
        ):
            customer = order.customer
            result.append(customer.name if customer else "nobody")
        return result
"""


def found(folder: Path, code: str) -> tuple[list[Finding], Path, object]:
    shutil.copytree(CASES / "shop", folder / "shop", dirs_exist_ok=True)
    shutil.copy(CASES / "pyproject.toml", folder)
    path = folder / "main.py"
    path.write_text(textwrap.dedent(code).lstrip())
    report = check([path], root=folder, select=("hoist-lookup",))
    return list(report.problems), path, report


def alternative(folder: Path, code: str) -> str:
    (finding,), path, report = found(folder, code)
    (fix,) = finding.alternatives
    assert fix.applicability is Applicability.SAFE, fix.preconditions
    edits = edits_of(finding, report, fix)
    return apply_edits(SourceFile(path, path.read_bytes()), edits).decode()


def test_the_option_and_the_attribute_stand_for_the_lookup(tmp_path: Path) -> None:
    assert alternative(tmp_path, FIRST) == textwrap.dedent(READ).lstrip()


def test_a_get_on_rows_of_a_collection_becomes_a_chain(tmp_path: Path) -> None:
    code = """
        from shop.models import Order, Product

        def names(session):
            for order in session.query(Order).all():
                for line in order.lines:
                    print(session.get(Product, line.product_id))
    """
    made = alternative(tmp_path, code)
    assert "selectinload(Order.lines).selectinload(OrderLine.product)" in made
    assert "print(line.product)" in made


def test_both_give_the_same_with_fewer_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = alternative(tmp_path, FIRST)
    monkeypatch.syspath_prepend(str(CASES))
    from shop import data, models

    engine = sa.create_engine("sqlite://")
    models.Base.metadata.create_all(engine)
    with Session(engine) as session:
        data.seed(session, 40)
        session.commit()
    sent: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: sent.append(a[2]))
    results, counts = [], []
    for number, text in enumerate((textwrap.dedent(FIRST), made)):
        path = tmp_path / f"side_{number}.py"
        path.write_text(text)
        spec = util.spec_from_file_location(path.stem, path)
        assert spec is not None and spec.loader is not None
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sent.clear()
        with Session(engine) as session:
            results.append(module.labels(session))
        counts.append(len(sent))
    assert results[0] == results[1]
    assert counts == [41, 2]
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Customer.id == order.customer_id", "Customer.id == order.address_id"),
        ("== order.customer_id)", "== order.customer_id, Customer.vip)"),
        (").first()", ").one()"),
        ("= session.query(Customer)", "= other.query(Customer)"),
        ("        customer =", "        order.customer_id = 3\n        customer ="),
        ("        result.append", "        session.rollback()\n        result.append"),
    ],
    ids=["other-key", "condition", "raises", "session", "key-assigned", "rollback"],
)
def test_there_is_none_where_it_says_something_else(tmp_path: Path, old: str, new: str) -> None:
    code = textwrap.dedent(FIRST)
    assert old in code
    (finding,), _, _ = found(tmp_path, code.replace(old, new))
    assert finding.alternatives == ()


def test_an_import_of_sqlalchemy_goes_with_the_lookup(tmp_path: Path) -> None:
    code = textwrap.dedent(FIRST).replace(
        "session.query(Customer).filter(Customer.id == order.customer_id).first()",
        "session.scalars(select(Customer).filter_by(id=order.customer_id)).first()",
    )
    made = alternative(tmp_path, f"from sqlalchemy import select\n{code}")
    assert made == textwrap.dedent(READ).lstrip()
