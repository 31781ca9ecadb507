"""An eager load by an inner join leaves out lines without a product."""

from sqlalchemy.orm import joinedload

from shop.models import OrderLine


def quantities(session):
    lines = session.query(OrderLine).options(joinedload(OrderLine.product, innerjoin=True))
    return sum(line.quantity for line in lines)  # found: aggregate-in-database (same-rows)


def with_options(session, options):
    lines = session.query(OrderLine).options(*options)
    return sum(line.quantity for line in lines)  # review: aggregate-in-database (same-rows)
