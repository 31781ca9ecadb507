"""The function imports the class itself, as one does where modules import each other."""

from datetime import date

from sqlalchemy.orm import Session

from shop.models import Order


def lines(session: Session) -> list[str]:
    """Who ordered, with the number of the order."""
    from shop.models import Customer

    found: list[str] = []
    for order in sorted(session.query(Order), key=lambda order: order.number):
        customer = session.query(Customer).filter(Customer.id == order.customer_id).one_or_none()
        found.append(f"{order.number} {customer.name if customer else '-'}")
    return found


def birthdays(session: Session) -> list[date]:
    """The birthdays of those who ordered."""
    from shop.models import Customer

    found: list[date] = []
    for order in session.query(Order).order_by(Order.id).all():
        birthday = (
            session.query(Customer.birthday).filter(Customer.id == order.customer_id).scalar()
        )
        if birthday is not None:
            found.append(birthday)
    return found
