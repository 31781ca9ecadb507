"""The data of the typed shop."""

from datetime import date, timedelta
from decimal import Decimal

from shop_typed import models as m

_STATUSES = tuple(m.OrderStatus)


def seed(session, n):
    """Fill empty tables with about `n` rows each; row i has the primary key i (from 1)."""
    session.add_all(
        m.Customer(email="c%d@example.org" % (n - i), name=None if i % 4 == 0 else "C%d" % (i % 3))
        for i in range(1, n + 1)
    )
    tags = [m.Tag(name="tag%d" % i) for i in range(1, n + 1)]
    session.add_all(tags)
    session.flush()
    session.add_all(
        m.Product(
            sku="P-%03d" % (n - i),
            price=Decimal(i % 5) + Decimal("0.90"),
            tags=[tags[k] for k in sorted({(i * step) % n for step in range(i % 4)}, reverse=True)],
        )
        for i in range(1, n + 1)
    )
    session.flush()
    session.add_all(
        m.Order(
            customer_id=None if i % 5 == 0 else (i * 7) % ((n + 1) // 2) + 1,
            status=_STATUSES[i % 3],
            placed_on=date(2024, 2, 27) + timedelta(days=(i * 5) % 4),
        )
        for i in range(1, n + 1)
    )
    session.flush()
    session.add_all(
        m.OrderLine(
            order_id=i,
            product_id=None if (i + k) % 6 == 0 else (i * 7 + k) % n + 1,
            quantity=i % 3 + k,
        )
        for i in range(n, 0, -1)
        for k in range(i % 4)
    )
