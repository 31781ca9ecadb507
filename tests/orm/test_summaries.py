"""What a function does for any caller, where it gets data only or may get anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import make

from codemods import check
from codemods.finding import Status

HELPERS = """\
def is_due(text, least):
    if text.isdigit():
        return int(text) > least
    hour, minute = text.split(":")
    return int(hour) > least


class Clock:
    def is_due(self, text, least):
        self.log.append(text)
        return text.strip() > least


clock = Clock()
"""
LOOP = """\
from app.helpers import clock, is_due
from app.models import Order


def names(session, given):
    result = []
    for order in session.query(Order).order_by(Order.id):
        if {call}:
            result.append("due")
        result.append(order.customer.name)
    return result
"""


@pytest.mark.parametrize(
    ("call", "known"),
    [
        ("is_due(str(order.id), 3)", True),
        ("is_due(text=str(order.id), least=len(result))", True),
        ("is_due('12', given)", True),  # which is only compared
        ("is_due(given, 3)", False),
        ("is_due(*given)", False),
        ("clock.is_due(str(order.id), 3)", False),
    ],
)
def test_data_leads_to_no_session(call: str, known: bool, tmp_path: Path) -> None:
    make(tmp_path, helpers=HELPERS, loop=LOOP.format(call=call))
    (finding,) = check([tmp_path], select=["eager-load"]).findings
    (condition,) = (c for c in finding.preconditions if c.name == "calls-known")
    assert (condition.status is Status.PROVEN) == known
