"""The orders that a page shows, of which there may be none to look for."""

from sqlalchemy.orm import Session

from shop.models import Customer, Order


def owners(session: Session, numbers: list[str]) -> list[str]:
    orders = []
    if numbers:
        orders = session.query(Order).filter(Order.number.in_(numbers)).order_by(Order.id)
    names = []
    for order in orders:
        customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
        names.append(customer.name if customer else "")
    return names
