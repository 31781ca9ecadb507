"""What is merged is copied to the rows that the session holds, their keys too."""

from shop.db import SessionLocal
from shop.models import Order


def take_over(changed):
    with SessionLocal() as session:
        for order in session.query(Order).order_by(Order.id).all():
            session.merge(Order(id=order.id + 1, customer_id=changed[order.id]))
            session.flush()
            print(order.customer)  # review: eager-load (nothing-written)
