"""The data of the shop, made to catch rewrites that are right for tidy data only."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import text

from shop import models as m

_COUNTRIES = (("DE", "Germany"), ("FR", "France"), ("PT", "Portugal"))
_STATUSES = tuple(m.OrderStatus)
_METHODS = ("card", "cash", "transfer")
_ACTIONS = ("red_started", "blue_started", "closed")
_EPOCH = datetime(2024, 2, 27, 9, 30)


def seed(session, n):
    """Fill empty tables with about `n` rows each; `n` = 0 leaves them empty.

    Row i has the primary key i (from 1), which the database assigns.
    """
    if not n:
        return
    _people(session, n)
    _products(session, n)
    _orders(session, n)
    _log(session, n)
    _shuffle(session)


def _insert(session, model, rows):
    rows = list(rows)
    if rows:
        session.execute(getattr(model, "__table__", model).insert(), rows)


def _pick(i, among, skip=None):
    """A key from 1 to `among` that several i share; None for every `skip`-th i."""
    if skip and i % skip == 0:
        return None
    return (i * 7) % among + 1


def _people(session, n):
    _insert(session, m.Country, (dict(code=code, name=name) for code, name in _COUNTRIES))
    _insert(
        session,
        m.Customer,
        (
            dict(
                email="c%d@example.org" % (n - i),
                name=("Ann", "Bob", "ann", "Éva ")[i % 4],
                country_code=None if i % 4 == 3 else _COUNTRIES[i % 2][0],
                referrer_id=None if i % 3 == 0 else i // 2 or None,
                birthday=None if i % 5 == 0 else date(1990, 1, 1) + timedelta(days=i % 3),
                vip=i % 3 == 0,
            )
            for i in range(1, n + 1)
        ),
    )
    _insert(
        session,
        m.Profile,
        (
            dict(customer_id=n + 1 - i, bio=None if i % 3 == 0 else "bio %d" % i)
            for i in range(1, n + 1)
            if i % 4 != 2
        ),
    )
    _insert(
        session,
        m.Address,
        (
            dict(
                customer_id=i,
                kind=m.AddressKind.HOME if k == 0 else m.AddressKind.WORK,
                city=("Porto", "Lyon", "Bonn")[(i + k) % 3],
            )
            for i in range(n, 0, -1)
            for k in range((i % 3) + (n == 1))
        ),
    )
    _insert(
        session,
        m.User,
        (
            dict(login="user%d" % i, manager_id=None if i % 4 == 1 else (i + 1) // 2)
            for i in range(1, n + 1)
        ),
    )
    _insert(session, m.Role, (dict(name=name) for name in ("admin", "clerk", "guest")))
    _insert(
        session,
        m.user_roles,
        (
            dict(user_id=i, role_id=role)
            for i in range(1, n + 1)
            for role in ((3, 1) if i % 3 == 0 else (2,) if i % 3 == 1 else ())
        ),
    )


def _products(session, n):
    suppliers = max(1, n // 3)
    _insert(
        session,
        m.Supplier,
        (
            dict(name="Supplier %d" % i, city=None if i % 2 == 0 else "Porto")
            for i in range(1, suppliers + 1)
        ),
    )
    _insert(
        session,
        m.Category,
        (
            dict(
                slug="category-%d" % i,
                name="Category %d" % (i % 3),
                parent_id=None if i % 4 == 1 else i // 2,
            )
            for i in range(1, max(1, n // 2) + 1)
        ),
    )
    _insert(
        session,
        m.Product,
        (
            dict(
                sku="P-%03d" % (n - i),
                name="Product %d" % (i % 7),
                price=Decimal(i % 5) + Decimal("0.90"),
                stock=None if i % 6 == 0 else i % 4,
                active=i % 5 != 0,
                category_id=_pick(i, max(1, n // 2), skip=5),
                supplier_id=_pick(i, suppliers, skip=4),
            )
            for i in range(1, n + 1)
        ),
    )
    _insert(session, m.Tag, (dict(name="tag%d" % i, uses=i) for i in range(1, n + 1)))
    _insert(
        session,
        m.product_tags,
        (
            dict(product_id=i, tag_id=tag)
            for i in range(1, n + 1)
            for tag in sorted({(i * k) % n + 1 for k in range(1, i % 4 + 1)}, reverse=True)
        ),
    )
    _insert(
        session,
        m.PriceListEntry,
        (
            dict(list_code=code, product_id=i, price=Decimal(i % 3) + Decimal("1.10"))
            for i in range(1, n + 1)
            for code in (("retail", "trade") if i % 3 else ("trade",))
        ),
    )
    _insert(
        session,
        m.Review,
        (
            dict(
                product_id=_pick(i, n),
                customer_id=_pick(i, n, skip=3),
                rating=None if i % 7 == 0 else i % 5 + 1,
                text=None if i % 2 else "fine",
            )
            for i in range(1, n + n // 2 + 1)
        ),
    )


def _orders(session, n):
    addresses = session.execute(text("SELECT count(*) FROM addresses")).scalar()
    _insert(
        session,
        m.Order,
        (
            dict(
                number="O-%04d" % (n - i),
                customer_id=_pick(i, max(1, (n + 1) // 2), skip=5),
                address_id=_pick(i, addresses, skip=3) if addresses else None,
                status=_STATUSES[i % 3],
                placed_on=_EPOCH.date() + timedelta(days=(i * 5) % 4),
                total=None if i % 6 == 0 else Decimal(i) + Decimal("0.50"),
            )
            for i in range(1, n + 1)
        ),
    )
    _insert(
        session,
        m.OrderLine,
        (
            dict(
                order_id=i,
                position=position,
                product_id=_pick(i + position, n, skip=6),
                quantity=i % 3 + 1,
                unit_price=Decimal(position) + Decimal("0.25"),
            )
            for i in range(n, 0, -1)
            for position in ((3, 1, 2) if i % 4 == 0 else (1,) if i % 4 != 2 else ())
        ),
    )
    _insert(
        session,
        m.Payment,
        (
            dict(
                order_id=_pick(i, n),
                method=_METHODS[i % 3],
                amount=Decimal(i % 4) + Decimal("0.10"),
                paid_at=None if i % 4 == 0 else _EPOCH + timedelta(hours=i % 3),
            )
            for i in range(1, n + 1)
        ),
    )


def _log(session, n):
    _insert(
        session,
        m.AuditLog,
        (
            dict(
                entity_type="order" if i % 5 else "product",
                entity_id=str(_pick(i, n)),
                action=_ACTIONS[i % 3],
                user_id=_pick(i, n, skip=4),
                timestamp=_EPOCH + timedelta(minutes=(i * 11) % 5),
            )
            for i in range(1, 2 * n + 1)
        ),
    )


def _shuffle(session):
    """PostgreSQL writes an updated row anew: unordered reads see another order than the keys'."""
    for table in ("customers", "addresses", "products", "orders", "order_lines", "audit_log"):
        session.execute(text("UPDATE %s SET id = id WHERE id %% 3 = 1" % table))
