"""Parts of collections: how many rows are fetched for them, and what other rules say of them."""

from __future__ import annotations

import importlib.util
import shutil
import textwrap
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from codemods import check, diff
from codemods.finding import Applicability
from codemods.testing import StatementCounter

CASES = Path(__file__).parents[2] / "before_after"
DASHBOARD = CASES / "load_window" / "uptime_dashboard"
NOW = datetime(2026, 1, 24, 12)
SERVERS, RECORDS = 200, 1000


def shown(module: ModuleType) -> tuple[object, int]:
    """What the dashboard shows, and how many rows it fetches for that."""
    engine = create_engine("sqlite://")
    module.Base.metadata.create_all(engine)
    servers = [{"id": i, "name": f"s{i}", "active": True} for i in range(SERVERS)]
    records = [
        {"server_id": i, "checked_at": NOW - timedelta(hours=hour), "up": bool((hour + i) % 3)}
        for i in range(SERVERS)
        for hour in range(RECORDS)
    ]
    with Session(engine) as session:
        session.execute(module.Server.__table__.insert(), servers)
        session.execute(module.UptimeRecord.__table__.insert(), records)
        session.commit()
        with StatementCounter(engine) as counter:
            found = module.Dashboard(session).last_day(NOW)
        return found, counter.rows


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"uptime_{name}", DASHBOARD / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rows_of_a_day_and_not_of_all_time() -> None:
    """200 servers with 1,000 records each, of which the dashboard shows 25 hours."""
    before, fetched = shown(loaded("before"))
    after, fewer = shown(loaded("after"))
    assert before == after
    assert (fetched, fewer) == (SERVERS + SERVERS * RECORDS, SERVERS + SERVERS * 25)


def found(folder: Path, code: str) -> list[tuple[str, str, str]]:
    shutil.copytree(CASES / "shop", folder / "shop", dirs_exist_ok=True)
    shutil.copy(CASES / "pyproject.toml", folder)
    path = folder / "main.py"
    head = "from datetime import date\n\nfrom sqlalchemy.orm import selectinload\n\n"
    path.write_text(head + "from shop.models import Customer, Order\n" + textwrap.dedent(code))
    problems = check([path], root=folder).problems
    return [(f.name, f.applicability or "", f.message) for f in problems]


def test_a_window_is_better_than_the_whole(tmp_path: Path) -> None:
    code = """
        def report(session, since: date):
            for customer in session.query(Customer).order_by(Customer.id):
                print([order.number for order in customer.orders if order.placed_on >= since])
    """
    message = (
        "Customer.orders is loaded whole for each customer, where the loop needs only the rows "
        "with `order.placed_on >= since`"
    )
    assert found(tmp_path, code) == [("load-window", Applicability.REVIEW, message)]


def test_an_option_is_surer_than_a_number(tmp_path: Path) -> None:
    """The number is an alternative of the fix."""
    code = """
        def report(session):
            return {order.id: len(order.lines) for order in session.query(Order)}
    """
    (told,) = found(tmp_path, code)
    assert told[:2] == ("eager-load", Applicability.SAFE)
    report = check([tmp_path / "main.py"], root=tmp_path)
    (other,) = report.problems[0].alternatives
    assert other.title == "Fetch only what is used of Order.lines, before the loop"
    assert other.applicability is Applicability.REVIEW


def test_what_cannot_be_fetched_is_loaded_with_an_option(tmp_path: Path) -> None:
    code = """
        def report(session, since: date, known):
            for customer in session.query(Customer).order_by(Customer.id):
                print([o.number for o in customer.orders if known(o) if o.placed_on >= since])
    """
    assert [name for name, _, _ in found(tmp_path, code)] == ["eager-load"]


def rewritten(folder: Path, code: str) -> str:
    found(folder, code)
    change = diff([folder / "main.py"], root=folder, review=True, select=("load-window",))
    return change.files[0].after.decode()


def test_each_loop_has_a_fetch_of_its_own(tmp_path: Path) -> None:
    """What the first one fetches is not there where a condition skips it."""
    code = """
        def report(session, since):
            customers = session.query(Customer).options(selectinload(Customer.orders)).all()
            if since:
                for customer in customers:
                    print([order.id for order in customer.orders if order.placed_on >= since])
            for customer in customers:
                print([order.id for order in customer.orders if order.placed_on >= since])
    """
    after = rewritten(tmp_path, code)
    assert "        orders_by_customer_id = {}\n" in after
    assert "\n    orders = {}\n" in after
    assert "selectinload" not in after


def test_one_header_for_all_that_a_loop_fetches(tmp_path: Path) -> None:
    code = """
        def report(session, since: date):
            for customer in session.query(Customer).options(selectinload(Customer.orders)):
                print([order.id for order in customer.orders if order.placed_on >= since])
                last = customer.orders[-1] if customer.orders else None
                print(last.id if last else None)
    """
    after = rewritten(tmp_path, code)
    assert after.count("session.query(Customer).all()") == 1
    assert after.count("for customer in customers:") == 1
    assert "last = last_orders.get(customer.id)" in after


def test_the_variable_of_a_collection_goes(tmp_path: Path) -> None:
    code = """
        def report(session):
            for customer in session.query(Customer).options(selectinload(Customer.orders)):
                orders = customer.orders
                print(len(orders))
    """
    after = rewritten(tmp_path, code)
    assert "orders = customer.orders" not in after
    assert "print(order_counts.get(customer.id, 0))" in after
