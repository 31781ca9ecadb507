"""Rows are sorted and grouped by a path of attributes, which attrgetter() reads of each."""

from itertools import groupby
from operator import attrgetter, itemgetter

from sqlalchemy.orm import selectinload

from shop.models import Address, OrderLine


def cities(session):
    addresses = (
        session.query(Address).options(selectinload(Address.customer)).order_by(Address.id).all()
    )
    by_name = sorted(addresses, key=attrgetter("customer.name", "id"))
    return [(name, len(list(group))) for name, group in groupby(by_name, attrgetter("city"))]


def quantities(session):
    numbered = [
        {"line": line, "size": line.quantity}
        for line in session.query(OrderLine).options(selectinload(OrderLine.order))
    ]
    numbered.sort(key=itemgetter("size"), reverse=True)
    return sorted((each["line"].order.number, each["size"]) for each in numbered)
