"""Few rows with everything that can be wrong with them, and arguments for the programs."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from tests.fuzz import models as m

NAMES = ["ann", "Ann", "bob", "", "x", "5"]
CODES = ["de", "fr", "xx"]
DAYS = [date(2024, 1, 1), date(2024, 1, 2), date(2024, 2, 1)]
TIMES = [datetime(2024, 1, 1), datetime(2024, 1, 1, 12), datetime(2024, 1, 2)]
UIDS = [uuid.UUID(int=i) for i in range(1, 9)]
SUBJECTS = range(1, 7)


def fill(session: Session, rng: random.Random) -> None:
    """Rows of every table: NULLs, ties, duplicates, missing partners."""

    def some(values: Any, null: float = 0.25) -> Any:
        return None if rng.random() < null else rng.choice(list(values))

    def amount(most: int = 6) -> range:
        return range(1, 1 + rng.choice([0, 1, 2, 3, 4, most, most]))

    for code in CODES[: rng.randint(0, 3)]:
        session.add(m.Country(code=code, name=rng.choice(NAMES)))
    for i in amount():
        session.add(m.Region(id=i, name=f"r{i}", parent_id=some(range(1, 8), 0.4)))
    for i in amount(8):
        session.add(
            m.Customer(
                id=i, email=f"c{i}@x", name=some(NAMES), region_id=some(range(1, 6)),
                country_code=some(CODES), vip=some([True, False]), joined=some(DAYS),
                balance=some([Decimal("0.10"), Decimal("1.00"), Decimal("5")]),
            )
        )  # fmt: skip
    for i in amount():
        session.add(m.Profile(id=i, customer_id=some([i, None], 0.1), bio=some(NAMES)))
    for i in amount(8):
        session.add(
            m.Order(
                id=i, number=f"{i}", customer_id=some(range(1, 8)), status=some(m.Status, 0),
                placed=some(TIMES), day=some(DAYS), amount=some([0, 1, 1, 5]),
                total=some([Decimal("0.10"), Decimal("2.50")]), rate=some([0.1, 1.5]),
            )
        )  # fmt: skip
    for i in amount(8):
        session.add(
            m.Line(
                id=i, order_id=some(range(1, 9), 0), product_id=some(range(1, 7)), quantity=i % 3
            )
        )
    for i in amount():
        session.add(
            m.Product(
                id=i, sku=f"s{i}", code=some([f"A{i}", f"b{i}"]), category=some(NAMES),
                price=some([Decimal("0.10"), Decimal("2.50")]), weight=some([0.1, 1.5]),
                active=some([True, False], 0), uid=some([UIDS[i]]),
            )
        )  # fmt: skip
    for code in ("aa", "bb"):
        for i in amount(4):
            session.add(m.Price(list_code=code, product_id=i, amount=some([1, 2])))
    for i, (day, place) in enumerate([(d, p) for d in DAYS for p in (1, 2)], 1):
        if rng.random() < 0.6:
            session.add(m.Slot(id=i, day=some([day], 0.2), place=place, label=some(NAMES)))
    for i in amount():
        session.add(m.Tag(id=i, name=NAMES[i % 6] + (str(i) if i > 5 else ""), uses=i % 2))
        session.add(m.Label(id=i, name=f"l{i}", uses=i % 2))
    for i in amount():
        kind = rng.choice([m.Invoice, m.Reminder])
        session.add(kind(id=i, customer_id=some(range(1, 8)), amount=some([1, 2, 3])))
    for i in amount():
        kind = rng.choice([m.Document, m.Report])
        session.add(kind(id=i, title=some([f"t{i}"]), order_id=some(range(1, 8))))
    for i in amount(8):
        session.add(m.Audit(id=i, subject=some(SUBJECTS, 0), action=some(NAMES), at=some(TIMES, 0)))
    session.flush()
    for customer in session.query(m.Customer):
        customer.tags = [t for t in session.query(m.Tag) if rng.random() < 0.4]


POOLS: dict[str, list[Any]] = {
    "int": [1, 2, 3, 4, 5, 9, 1],
    "str": ["c1@x", "c2@x", "ann", "Ann", "bob", "1", "2", "s1", "s2", "r1", "r2", "de", "", "5"],
    "date": DAYS,
    "datetime": TIMES,
    "Decimal": [Decimal("0.10"), Decimal("0.1"), Decimal("2.50"), Decimal("5")],
    "UUID": UIDS,
    "bool": [True, False],
    "Status": list(m.Status),
    "float": [0.1, 1.5, 1.0],
}
ODD: list[Any] = [None, "5", 1.0, Decimal("1"), True, " ann", "nope", 1, "1", date(2024, 1, 1)]


def keys(rng: random.Random, kind: str, honest: bool) -> list[Any]:
    """Keys of one kind; not `honest`, where no annotation says so, also others."""
    found = [rng.choice(POOLS[kind]) for _ in range(rng.choice([0, 1, 2, 3, 5, 6]))]
    if not honest:
        for i in range(len(found)):
            if rng.random() < 0.12:
                found[i] = rng.choice(ODD)
    return found


class Item(SimpleNamespace):
    """A plain object with a key, which it can change itself."""

    def advance(self) -> None:
        self.key, self.other = self.other, self.key


def argument(rng: random.Random, kind: str, shape: str, honest: bool) -> Any:
    """What a program gets for `items`."""
    values = keys(rng, kind, honest)
    match shape:
        case "list":
            return values
        case "tuple":
            return tuple(values)
        case "iterator":
            return iter(values)
        case "pairs":
            return [(value, rng.choice(values)) for value in values]
        case "dicts":
            rows = [{"key": v, "other": rng.choice(values), "n": i} for i, v in enumerate(values)]
            if not honest:
                for row in rows:
                    if rng.random() < 0.08:
                        del row["key"]
            return rows
        case "objects":
            return [Item(key=v, other=rng.choice(values), n=i) for i, v in enumerate(values)]
        case "dict":
            return dict.fromkeys((v for v in values if not isinstance(v, list)), 1)
    raise AssertionError(shape)
