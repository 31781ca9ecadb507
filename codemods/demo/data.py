"""The rows of the sample application, the same for every run."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from sqlalchemy.engine import Engine

TODAY = date(2026, 3, 1)


def fill(engine: Engine, models: ModuleType, size: int) -> None:
    """Create the tables of `models` and fill them with `size` tools, members and loans.

    Some members have borrowed nothing, some tools stand on no shelf, some were looked at before.
    """
    dice = random.Random(size)
    tables = models.Base.metadata
    rows = {
        "categories": [{"id": n, "name": f"category {n}"} for n in range(1, size // 2 + 2)],
        "shelves": [{"id": n, "label": f"shelf {n}"} for n in range(1, size + 1)],
        "tools": [
            {
                "id": n,
                "code": f"T{n:05}",
                "name": f"tool {n}",
                "price_cents": dice.randrange(100, 90_000),
                "category_id": dice.randrange(1, size // 2 + 2),
                "shelf_id": dice.randrange(0, size + 1),
                "retired": dice.random() < 0.1,
            }
            for n in range(1, size + 1)
        ],
        "members": [{"id": n, "name": f"member {n}"} for n in range(1, size + 1)],
        "loans": [_loan(n, size, dice) for n in range(1, size + 1)],
        "fines": [
            {"id": n, "loan_id": dice.randrange(1, size + 1), "cents": dice.randrange(50, 900)}
            for n in range(1, size // 2 + 1)
        ],
        "usage": [
            {"id": n, "tool_id": n * 2, "checked_on": TODAY - timedelta(365), "price_cents": 0}
            for n in range(1, size // 4 + 1)
        ],
    }
    tables.create_all(engine)
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if rows[table.name]:
                connection.execute(table.insert(), rows[table.name])


def _loan(number: int, size: int, dice: random.Random) -> dict[str, Any]:
    back = dice.random() < 0.2
    return {
        "id": number,
        "tool_id": dice.randrange(1, size + 1),
        "member_id": dice.randrange(1, size + 1),
        "due_on": TODAY - timedelta(dice.randrange(-60, 400)),
        "returned_on": TODAY - timedelta(dice.randrange(1, 30)) if back else None,
    }


def price_list(size: int) -> list[tuple[str, str, int]]:
    """A supplier's records: half of them known tools, half new ones, one of those twice."""
    codes = [f"T{n:05}" for n in range(size // 2, size // 2 + size)]
    codes.append(codes[-1])
    return [(code, f"tool {code}", 1000 + index) for index, code in enumerate(codes)]


def jobs(size: int) -> dict[str, tuple[Any, ...]]:
    """The jobs of the sample application, in order, with their arguments but for the engine."""
    return {
        "overdue": (TODAY,),
        "statements": (),
        "labels": (),
        "shelf_lists": (),
        "activity": (),
        "totals": (TODAY,),
        "import_prices": (price_list(size),),
        "take_stock": (TODAY,),
    }
