"""Calls that are like one that was walked do the same as if they were walked themselves."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from small_project import make

from codemods import check
from codemods.orm import callees
from codemods.orm.flow import Flow
from codemods.orm.frames import Code
from codemods.orm.values import Value
from codemods.results import Report

HELPERS = """\
from app.models import Customer, Order


def title(order):
    return f"{order.id}"


def refuse(order):
    if order.id is None:
        raise ValueError(order)
    return 1


def newest(session):
    return len(session.query(Customer).all())


def label(order):
    return order.customer.name


def keep(order, into):
    into.append(order)
    return 1


def first_name(session):
    return len(session.query(Order).order_by(Order.id).first().customer.name)
"""
CALLERS = """\
from app.helpers import first_name, keep, label, newest, refuse, title
from app.models import Order


def titles(session):
    return [title(order) + title(order) for order in session.query(Order).order_by(Order.id)]


def labels(session):
    return [label(order) for order in session.query(Order).order_by(Order.id)]


def labels_again(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [label(order) for order in orders]


def after_a_refusal(session):
    result = []
    for order in session.query(Order).order_by(Order.id):
        refuse(order)
        result.append(order.customer)
    return result


def after_a_refusal_again(session):
    result = []
    for order in session.query(Order).order_by(Order.id):
        refuse(order)
        result.append(order.customer)
    return result


def kept(session):
    into = []
    for order in session.query(Order).order_by(Order.id):
        keep(order, into)
    return [order.customer.name for order in into]


def kept_again(session):
    into = []
    for order in session.query(Order).order_by(Order.id):
        keep(order, into)
    return [order.customer.name for order in into]


def loaded_before(session):
    first = first_name(session)
    return first, [order.customer.name for order in session.query(Order).all()]


def loaded_before_again(session):
    first = first_name(session)
    return first, [order.customer.name for order in session.query(Order).all()]


def counted(session):
    return [newest(session) for _ in range(3)], newest(session), newest(session)
"""


def _told(report: Report) -> list[tuple[object, ...]]:
    return [
        (
            f.function,
            f.message,
            f.applicability,
            f.cost,
            [(p.name, p.status) for p in f.preconditions],
        )
        for f in report.problems
    ]


def test_repeated_calls_change_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, helpers=HELPERS, callers=CALLERS)
    remembered = _told(check([tmp_path]))
    monkeypatch.setattr(callees, "_done_before", lambda *_: None)
    assert remembered == _told(check([tmp_path]))
    assert len(remembered) >= 6
    found = {told[0]: told[1:] for told in remembered}
    assert found["labels"] == found["labels_again"]
    assert found["after_a_refusal"] == found["after_a_refusal_again"]
    assert found["kept"] == found["kept_again"]
    assert found["loaded_before"] == found["loaded_before_again"]


COUNTED_HELPERS = """\
import os


def gathered(order, **more):
    more = sorted(more)
    os.replace(str(order.id), "x")
    return len(more)


def counted_down(order, depth):
    os.replace(str(order.id), "x")
    return counted_down(order, depth) if depth else 0


def opened(*args, **kwargs):
    os.replace("x", str(len(args)))
    return 1


def newest_name(session, **more):
    more = sorted(more)
    return session.query(Order).first().customer.name
"""
COUNTED = """\
from app.helpers import counted_down, gathered, newest_name, opened
from app.models import Order


def all_of_it(session, args):
    names = []
    for order in session.query(Order).order_by(Order.id):
        given = gathered(order, a=1), counted_down(order, order.id), opened(order, *args)
        names.append((order.customer.name, given))
    return names, newest_name(session)


def all_of_it_again(session, args):
    names = []
    for order in session.query(Order).order_by(Order.id):
        given = gathered(order, a=1), counted_down(order, order.id), opened(order, *args)
        names.append((order.customer.name, given))
    return names, newest_name(session)
"""


def test_calls_that_fill_recur_or_take_anything_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They count as walked each time, and one that reads a relationship is walked again."""
    make(tmp_path, helpers=f"from app.models import Order\n{COUNTED_HELPERS}", callers=COUNTED)
    done: list[str] = []
    before = callees._done_before

    def done_before(flow: Flow, node: ast.expr, code: Code, *rest: Any) -> Value | None:
        walked = flow.walked
        value = before(flow, node, code, *rest)
        if value is not None:
            assert flow.walked > walked
            done.append(code.name)
        return value

    monkeypatch.setattr(callees, "_done_before", done_before)
    remembered = _told(check([tmp_path]))
    assert set(done) == {"gathered", "counted_down", "opened"}
    monkeypatch.setattr(callees, "_done_before", lambda *_: None)
    assert remembered == _told(check([tmp_path]))
    assert {told[0] for told in remembered} >= {"all_of_it", "all_of_it_again"}
