"""The orders of each status of an Enum are counted, and the countries of a short list fetched."""

from sqlalchemy import func, select

from shop.models import Country, Order, OrderStatus


def overview(session):
    counts = {}
    wanted_status = list(OrderStatus)
    order_counts = {
        key: count
        for key, count in session.execute(
            select(Order.status, func.count(Order.id))
            .where(Order.status.in_(wanted_status))
            .group_by(Order.status)
        )
    }
    for status in OrderStatus:
        counts[status.value] = order_counts.get(status, 0)
    names = []
    codes = ["PT", "XX", "DE"]
    countries = {
        country.code: country
        for country in session.execute(select(Country).where(Country.code.in_(codes))).scalars()
    }
    for code in codes:
        country = countries.get(code)
        names.append(country.name if country else code)
    return counts, names
