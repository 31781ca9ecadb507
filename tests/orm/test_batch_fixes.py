"""Loops of one helper, each judged for itself: what each fix changes, alone and together."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from test_batch import HELPER, LOOP, after, project, stopped

from codemods import engine
from codemods.edits import apply_edits
from codemods.finding import Applicability, Status
from codemods.results import Report

DOUBTFUL = """
from sqlalchemy.orm import Session

from app.helpers import numbers


def is_busy(session: Session, customer_ids: list[int]) -> bool:
    for each in customer_ids:
        if numbers(session, each) > 10:
            return True
    return False


def any_at_all(session: Session, customer_ids: list[int]) -> bool:
    for each in customer_ids:
        if numbers(session, each):
            break
    else:
        return False
    return True
"""


def report(root: Path) -> Report:
    return engine.check([root], select=["batch-helper"], root=root)


def mixed(root: Path) -> Path:
    return project(
        root, {"app/helpers.py": HELPER, "app/sure.py": LOOP, "app/doubtful.py": DOUBTFUL}
    )


def test_safe_loops_do_not_wait_for_doubtful_ones(tmp_path: Path) -> None:
    root = mixed(tmp_path)
    kinds = {f.function: f.applicability for f in report(root).findings}
    assert kinds["all_numbers"] is Applicability.SAFE
    assert {kinds["is_busy"], kinds["any_at_all"]} == {Applicability.REVIEW}
    assert set(after(root)) == {"app/helpers.py", "app/sure.py"}


def test_a_doubtful_loop_has_a_fix_of_its_own(tmp_path: Path) -> None:
    found = report(mixed(tmp_path))
    for finding in found.findings:
        edits = engine.edits_of(finding, found)
        home = finding.place.path.name
        assert {edit.path.name for edit in edits} == {"helpers.py", home}
        inside = [edit for edit in edits if edit.path.name == home]
        functions = ast.parse(finding.place.path.read_text("utf-8")).body
        others = [
            node
            for node in functions
            if isinstance(node, ast.FunctionDef) and node.name != finding.function
        ]
        lines = finding.place.path.read_bytes().splitlines(keepends=True)
        for other in others:
            start = sum(map(len, lines[: other.lineno - 1]))
            end = sum(map(len, lines[: other.end_lineno]))
            assert not any(start < e.span.end and e.span.start < end for e in inside)


def test_all_of_them_together_write_the_batch_function_once(tmp_path: Path) -> None:
    root = mixed(tmp_path)
    written = after(root, review=True)
    assert written["app/helpers.py"].count("def order_counts_by_customer_id(") == 1
    assert written["app/doubtful.py"].count(
        "order_counts_by_customer_id(session, customer_ids)"
    ) == 2  # fmt: skip
    assert "order_counts=order_counts" in written["app/sure.py"]
    found = report(root)
    assert engine.edits_together(found.findings, found)


def test_a_doubtful_loop_brings_the_fetch_that_it_shares(tmp_path: Path) -> None:
    """The rows are those of the loop before: what that has fetched is handed over here, too."""
    loops = """
    from sqlalchemy.orm import Session

    from app.models import Customer, Order


    def numbers(session: Session, customer: Customer) -> int:
        return session.query(Order).filter(Order.customer_id == customer.id).count()


    def both(session: Session) -> list[int]:
        customers = session.query(Customer).order_by(Customer.id).all()
        found = [numbers(session, customer) for customer in customers]
        for customer in customers:
            if numbers(session, customer) > 10:
                break
        return found
    """
    root = project(tmp_path, {"app/loops.py": loops})
    assert after(root)["app/loops.py"].count("order_counts=order_counts") == 1
    found = report(root)
    (doubtful,) = [f for f in found.findings if f.applicability is Applicability.REVIEW]
    alone = apply_edits(
        found.source(doubtful.place.path), engine.edits_of(doubtful, found)
    ).decode()
    assert alone == after(root, review=True)["app/loops.py"]
    assert alone.count("order_counts=order_counts") == 2
    assert alone.count("order_counts_by_customer_id(session, customers)") == 1


def test_calls_in_one_loop_share_their_doubts(tmp_path: Path) -> None:
    """The loop is left between the two calls: one of them alone would be sure."""
    loops = """
    from sqlalchemy.orm import Session

    from app.helpers import numbers


    def until(session: Session, customer_ids: list[int]) -> int:
        total = 0
        for each in customer_ids:
            total += numbers(session, each)
            if total > 10:
                break
            total -= numbers(session, each)
        return total
    """
    root = project(tmp_path, {"app/helpers.py": HELPER, "app/loops.py": loops})
    assert not after(root)
    assert {f.applicability for f in report(root).findings} == {Applicability.REVIEW}
    assert after(root, review=True)["app/loops.py"].count("order_counts=order_counts") == 2


def test_a_loop_before_which_nothing_can_stand_keeps_no_other_from_it(tmp_path: Path) -> None:
    loops = """
    from sqlalchemy.orm import Session

    from app.helpers import numbers


    def named(session: Session, customer_ids: list[int]) -> list[int]:
        order_counts_by_customer_id = len(customer_ids)
        return [numbers(session, each) + order_counts_by_customer_id for each in customer_ids]
    """
    files = {"app/helpers.py": HELPER, "app/sure.py": LOOP, "app/loops.py": loops}
    root = project(tmp_path, files)
    assert set(after(root, review=True)) == {"app/helpers.py", "app/sure.py"}
    (left,) = [f for f in report(root).findings if f.function == "named"]
    assert stopped(left) == {"writable": Status.REFUTED}


def test_a_second_run_uses_the_function_of_the_first(tmp_path: Path) -> None:
    root = mixed(tmp_path)
    for name, text in after(root).items():
        (root / name).write_text(text, "utf-8")
    assert not after(root)
    left = report(root).findings
    assert {(f.function, f.applicability) for f in left} == {
        ("is_busy", Applicability.REVIEW),
        ("any_at_all", Applicability.REVIEW),
    }
    assert all(stopped(finding)["handed-over"] is Status.UNKNOWN for finding in left)
    written = after(root, review=True)
    assert set(written) == {"app/doubtful.py"}
    assert written["app/doubtful.py"] == after(mixed(tmp_path), review=True)["app/doubtful.py"]


BATCHED = """
from sqlalchemy.orm import Session

from app.models import Order


def totals(session: Session, keys: list[int], limit: int = 5) -> dict[int, int]:
    found: dict[int, int] = {}
    for order in session.query(Order).filter(Order.customer_id.in_(keys), Order.id < limit):
        found[order.customer_id] = found.get(order.customer_id, 0) + 1
    return found


def total(session: Session, customer_id: int, *, known: dict[int, int] | None = None) -> int:
    if known is None:
        known = totals(session, [customer_id])
    return known.get(customer_id, 0)


def all_totals(session: Session, customer_ids: list[int]) -> list[int]:
    return [total(session, each) for each in customer_ids]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("totals(session, [customer_id])", "totals(session, [customer_id + 1])"),
        ("totals(session, [customer_id])", "totals(session, [customer_id], len('abc'))"),
        ("    if known is None:", "    customer_id = customer_id + 1\n    if known is None:"),
        ("total(session, each) for", "total(session, each, known=None) for"),
        ("for each in customer_ids]", "for each in map(int, customer_ids) if session.rollback()]"),
    ],
)
def test_a_batch_function_that_is_called_in_other_ways(tmp_path: Path, old: str, new: str) -> None:
    root = project(tmp_path, {"app/loops.py": BATCHED})
    assert "known = totals(session, customer_ids)" in after(root, review=True)["app/loops.py"]
    root = project(tmp_path, {"app/loops.py": BATCHED.replace(old, new)})
    assert not after(root, review=True)


LEVELS = """
from sqlalchemy.orm import Session

from app.helpers import numbers


def is_good(session: Session, customer_id: int) -> bool:
    return customer_id % 7 > 3 or numbers(session, customer_id) > 2


def good_ones(session: Session, customer_ids: list[int]) -> list[int]:
    return [each for each in customer_ids if is_good(session, each)]
"""


def test_a_doubt_about_a_helper_in_between_is_no_doubt_of_other_loops(tmp_path: Path) -> None:
    """Whether `is_good()` asks is known in it only; another loop calls `numbers()` itself."""
    files = {"app/helpers.py": HELPER, "app/sure.py": LOOP, "app/levels.py": LEVELS}
    root = project(tmp_path, files)
    kinds = {f.function: f.applicability for f in report(root).findings}
    assert kinds == {"all_numbers": Applicability.SAFE, "good_ones": Applicability.REVIEW}
    assert set(after(root)) == {"app/helpers.py", "app/sure.py"}
    together = after(root, review=True)
    assert together["app/helpers.py"].count("def order_counts_by_customer_id(") == 1
    assert "numbers(session, customer_id, order_counts=" in together["app/levels.py"]
