"""A part of the key is made in the loop of what an inner loop counts."""

from datetime import date, timedelta

from shop.models import Customer, Order
from sqlalchemy.orm import Session


def orders_of_days(session: Session, start: date) -> list[tuple[str, date, int]]:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        for offset in range(20):
            day = start + timedelta(days=offset)
            number = (
                session.query(Order)
                .filter(Order.customer_id == customer.id, Order.placed_on == day)
                .count()
            )
            found.append((customer.email, day, number))
    return found
