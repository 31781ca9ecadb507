"""A row is only looked up where there is a key, in a conditional expression."""

from typing import Optional

from shop.models import Customer, Order, Product, Supplier
from sqlalchemy.orm import Session


def cities(session: Session) -> list[Optional[str]]:
    return [
        (
            "unknown"
            if product.supplier_id is None
            else session.query(Supplier).filter(Supplier.id == product.supplier_id).one().city
        )
        for product in session.query(Product).order_by(Product.id)
    ]


def customers(session: Session) -> list[tuple[str, Optional[str]]]:
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        customer = (
            session.query(Customer).filter(Customer.id == order.customer_id).first()
            if order.customer_id
            else None
        )
        found.append((order.number, customer.email if customer is not None else None))
    return found
