"""The orders of each status of an Enum are counted, and the countries of a short list fetched."""

from sqlalchemy import func, select

from shop.models import Country, Order, OrderStatus


def overview(session):
    counts = {}
    for status in OrderStatus:
        query = select(func.count(Order.id)).where(Order.status == status)
        counts[status.value] = session.scalar(query)
    names = []
    for code in ["PT", "XX", "DE"]:
        country = session.execute(select(Country).filter_by(code=code)).scalar_one_or_none()
        names.append(country.name if country else code)
    return counts, names
