"""Three relationships deep, from the lines of pairs made by zip()."""

from sqlalchemy.orm import selectinload

from shop.models import Customer, Order, OrderLine


def countries(session, first, last):
    lines = (
        session.query(OrderLine)
        .options(
            selectinload(OrderLine.order)
            .selectinload(Order.customer)
            .selectinload(Customer.country)
        )
        .filter(OrderLine.id.between(first, last))
    )
    lines = lines.order_by(OrderLine.id).all()
    result = []
    for number, line in zip(range(len(lines)), lines):
        customer = line.order.customer
        country = customer.country if customer is not None else None
        result.append((number, line.order.number, country.name if country else None))
    return result
