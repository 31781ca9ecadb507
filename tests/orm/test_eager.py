"""eager-load: its preconditions, and where and how its options are written."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_project

from codemods import engine, testing
from codemods.finding import Finding, Role, Status

ROOT = Path(__file__).parents[2] / "before_after"
FILES = [file for file in testing.left_alone(ROOT) if file.rule == "eager-load"]
NAMES = (
    "query-takes-options", "loads-lazily", "no-other-strategy", "read-every-time",
    "rows-stay-loaded", "nothing-written", "no-flush-needed", "calls-known", "not-suspended",
    "errors-not-handled", "item-order", "items-once", "not-loaded-already", "saves-statements",
    "read-at-once", "loads-today", "loading-not-shown", "keys-in-one-column", "keys-alike",
    "callers-agree", "imports-possible",
)  # fmt: skip


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """For each finding in a file that is left alone: the preconditions that are not proven."""
    found = []
    for number, file in enumerate(FILES):
        folder = tmp_path_factory.mktemp(f"case{number}")
        report = engine.check([file.project(folder)], root=folder, select=("eager-load",))
        found += [_stopping(finding) for finding in report.problems]
    return found


def _stopping(finding: Finding) -> set[str]:
    return {p.name for p in finding.preconditions if p.status is not Status.PROVEN}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "imports-possible"])
def test_a_case_falls_without_this_precondition(name: str, stopped: list[set[str]]) -> None:
    """Some code is kept from a safe fix by this precondition alone."""
    assert {name} in stopped


def test_the_documentation_lists_every_precondition(repository: Path) -> None:
    page = (repository / "docs" / "safety.md").read_text("utf-8")
    table = page.partition("## Preconditions of `eager-load`")[2].partition("\n## ")[0]
    found = re.findall(r"^\| ([a-z-]+) \|", table, re.MULTILINE)
    assert found == ["name", "---", *NAMES]


def check(folder: Path, source: str, **modules: str) -> list[Finding]:
    """The findings in `app/use.py` of a small project."""
    small_project.make(folder, use=source, **modules)
    report = engine.check([folder / "app" / "use.py"], root=folder, select=("eager-load",))
    assert not report.trouble, report.failures or report.skipped
    return list(report.problems)


def rewritten(folder: Path, source: str, **modules: str) -> str:
    """`app/use.py` of a small project after every fix."""
    small_project.make(folder, use=source, **modules)
    path = folder / "app" / "use.py"
    changes = engine.diff([path], root=folder, select=("eager-load",), review=True)
    assert not changes.trouble, changes.failures or changes.skipped
    return changes.files[0].after.decode()


SHIPMENTS = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from app.models import Base, Order
{more}

class Shipment(Base):
    __tablename__ = "shipments"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    order = relationship(Order)
"""
NESTED = """
from sqlalchemy.orm import Session

from app.shipments import Shipment


def names(session: Session) -> list[str]:
    return [shipment.order.customer.name for shipment in session.query(Shipment).all()]
"""


@pytest.mark.parametrize(
    ("declared", "loader"), [("", "joinedload"), (", innerjoin=True", "selectinload")]
)
def test_no_inner_join_is_added(tmp_path: Path, declared: str, loader: str) -> None:
    """It would leave out shipments whose order is not there."""
    shipments = SHIPMENTS.format(more="").replace(
        "relationship(Order)", f"relationship(Order{declared})"
    )
    source = NESTED.replace("order.customer.name", "order")
    small_project.make(tmp_path, use=source, shipments=shipments)
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write('[tool.minusn]\nto-one = "joined"\n')
    changes = engine.diff([tmp_path / "app" / "use.py"], root=tmp_path, select=("eager-load",))
    assert f"options({loader}(Shipment.order))" in changes.files[0].after.decode()


def test_a_class_is_imported_for_a_longer_path(tmp_path: Path) -> None:
    after = rewritten(tmp_path, NESTED, shipments=SHIPMENTS.format(more=""))
    assert "selectinload(Shipment.order).selectinload(Order.customer)" in after
    assert "from app.models import Order\nfrom app.shipments import Shipment\n" in after


def test_an_import_that_may_close_a_circle_is_for_review(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    models = small_project.MODELS.replace("Base = ", "from app import use\n\nBase = ", 1)
    source = NESTED.replace("from app.shipments import Shipment\n", "").replace(
        "    return", "    from app.shipments import Shipment\n\n    return"
    )
    small_project.make(tmp_path, use=source, shipments=SHIPMENTS.format(more=""))
    (tmp_path / "app" / "models.py").write_text(models.lstrip())
    report = engine.check([tmp_path / "app" / "use.py"], root=tmp_path)
    stopping = {finding.message: _stopping(finding) for finding in report.problems}
    assert stopping["Shipment.order is loaded with a query for each order"] == set()
    assert stopping["Order.customer is loaded with a query for each customer"] == {
        "imports-possible"
    }


def test_a_class_that_only_type_checkers_import_is_imported(tmp_path: Path) -> None:
    source = """
    from __future__ import annotations

    from typing import TYPE_CHECKING

    from sqlalchemy.orm import Session

    from app.shipments import Shipment

    if TYPE_CHECKING:
        from app.models import Order


    def names(session: Session) -> list[str]:
        return [first(shipment.order.customer.name) for shipment in session.query(Shipment).all()]


    def first(name: str) -> str:
        return name[:1]
    """
    after = rewritten(tmp_path, source, shipments=SHIPMENTS.format(more=""))
    head = after.partition("if TYPE_CHECKING")[0]
    assert re.search(r"^from app\.\w+ import .*\bOrder\b", head, re.MULTILINE), after


def bodies() -> Iterator[tuple[str, str, str]]:
    """(what, the body of a function, what has to come out of it)."""
    yield (
        "a query that is used twice gets its option where the rows are fetched",
        """
        query = session.query(Order).filter(Order.id > 1)
        other(query.first())
        rows = query.all()
        return [row.customer.name for row in rows]
        """,
        "rows = query.options(selectinload(Order.customer)).all()",
    )
    yield (
        "branches that begin differently meet where the query is sent",
        """
        if flag:
            query = session.query(Order).filter(Order.id > 1)
        else:
            query = session.query(Order)
        return [row.customer.name for row in query.order_by(Order.id)]
        """,
        "query.order_by(Order.id).options(selectinload(Order.customer))",
    )
    yield (
        "a union takes its option outside",
        """
        first = session.query(Order).filter(Order.id == 1)
        second = session.query(Order).filter(Order.id == 2)
        return [row.customer.name for row in first.union(second).all()]
        """,
        "first.union(second).options(selectinload(Order.customer)).all()",
    )
    yield (
        "an option of a nested path starts where a shorter one ends",
        """
        query = session.query(Order).options(joinedload(Order.customer))
        return [row.seller.name for row in query]
        """,
        ".options(joinedload(Order.customer), selectinload(Order.seller))",
    )


@pytest.mark.parametrize(
    ("body", "expected"), [b[1:] for b in bodies()], ids=[b[0] for b in bodies()]
)
def test_where_the_option_goes(body: str, expected: str, tmp_path: Path) -> None:
    head = """
        from sqlalchemy.orm import Session, joinedload

        from app.models import Order


        def names(session: Session, flag: bool, other) -> list[str]:
    """
    source = textwrap.dedent(head) + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    after = rewritten(tmp_path, source)
    assert expected in re.sub(r"\s*\n\s*", "", after).replace("( ", "("), after


def test_the_message_names_what_a_query_is_sent_for(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, small_project.ONE)
    assert finding.message == "Order.customer is loaded with a query for each customer"
    assert finding.fix and finding.fix.title == "Load customer with the query of orders"
    assert [note.message for note in finding.related][:1] == ["orders come from this query"]


VEHICLES = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Vehicle(Base):
    __tablename__ = "vehicles"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "vehicle"}


class Bus(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "bus"}
    seats = relationship("Seat", order_by="Seat.id")


class Lorry(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "lorry"}
    crates = relationship("Crate", order_by="Crate.id")


class Seat(Base):
    __tablename__ = "seats"
    id = Column(Integer, primary_key=True)
    bus_id = Column(ForeignKey("vehicles.id"), nullable=False)


class Crate(Base):
    __tablename__ = "crates"
    id = Column(Integer, primary_key=True)
    lorry_id = Column(ForeignKey("vehicles.id"), nullable=False)
"""
LOADS = """
from app.vehicles import Bus, Lorry, Vehicle


def loads(session):
    found = []
    for vehicle in session.query(Vehicle).order_by(Vehicle.id):
        if isinstance(vehicle, Bus):
            found.append(len(vehicle.seats))
        elif isinstance(vehicle, Lorry):
            found.append(len(vehicle.crates))
    return found
"""


def test_options_for_two_subclasses_name_both(tmp_path: Path) -> None:
    """SQLAlchemy takes no two `selectin_polymorphic()` of one class that differ."""
    text = rewritten(tmp_path, LOADS, vehicles=VEHICLES)
    assert re.findall(r"selectin_polymorphic\(.*\)", text) == [
        "selectin_polymorphic(Vehicle, [Bus, Lorry])"
    ]


PAGE = """
from app.models import Customer, Order


class Page:
    def __init__(self, session):
        self.session = session

    def names(self, query):
        print(query.count())
        return [order.customer.name for order in query]


def listed(session):
    query = session.query(Order).order_by(Order.id)
    return {call}
"""


@pytest.mark.parametrize("called", ["Page.names(Page(session), {})", "Page(session).names({})"])
def test_the_option_goes_to_the_argument_that_is_the_query(tmp_path: Path, called: str) -> None:
    text = rewritten(tmp_path, PAGE.replace("{call}", called.format("query")))
    assert called.format("query.options(selectinload(Order.customer))") in text


def test_a_query_for_other_rows_is_not_the_same_query(tmp_path: Path) -> None:
    """Both are sent by one statement, and the option is for one of them."""
    fetched = """
    from app.models import Customer, Order

    def fetched(query):
        return query.all()

    def report(session):
        people = [customer.name for customer in fetched(session.query(Customer))]
        return people, [order.seller.name for order in fetched(session.query(Order))]
    """
    (finding,) = check(tmp_path, textwrap.dedent(fetched))
    assert finding.applicability == "review"
    assert _stopping(finding) == {"not-loaded-already"}


def test_the_read_that_is_shown_lies_in_the_loop_that_is_shown(tmp_path: Path) -> None:
    source = """
from app.models import Order


def listed(session):
    orders = session.query(Order).all()
    known = []
    for order in orders:
        if order.id and order.customer:
            known.append(order.id)
    return known, [order.customer for order in orders]
"""
    (found,) = check(tmp_path, source)
    (loop,) = [note for note in found.related if note.role is Role.LOOP]
    text = (tmp_path / "app" / "use.py").read_text("utf-8")
    shown = text[: found.place.span.start].count("\n") - text[: loop.place.span.start].count("\n")
    assert shown in (0, 1)


@pytest.mark.parametrize(
    ("swap", "safe"), [("made", True), ("global BLANKS\n    BLANKS = made", False)]
)
def test_a_pattern_of_another_module_may_be_replaced(tmp_path: Path, swap: str, safe: bool) -> None:
    patterns = f"""
import re

BLANKS = re.compile(" ")


def replace(made):
    {swap}
"""
    source = """
from sqlalchemy.orm import scoped_session, sessionmaker

from app import patterns
from app.models import Order

session = scoped_session(sessionmaker())


def customers():
    found = []
    for order in session.query(Order).all():
        found.append((patterns.BLANKS.sub("", str(order.id)), order.customer))
    return found
"""
    (found,) = check(tmp_path, source, patterns=patterns)
    assert (found.applicability == "safe") is safe
