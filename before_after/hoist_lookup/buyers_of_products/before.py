"""Rows by a key of a joined table, which may give a row several times: DISTINCT stays, and a
query of a class and a column leaves out what repeats as a query of the class does."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine, Product


def reviewers(session: Session) -> list[list[str]]:
    found = []
    for product in session.scalars(select(Product).order_by(Product.id)).all():
        customers = session.scalars(
            select(Customer)
            .join(Order, Order.customer_id == Customer.id)
            .join(Order.lines)
            .where(OrderLine.product_id == product.id, OrderLine.quantity > 1)
            .order_by(Customer.id.desc())
            .distinct()
        )
        found.append([customer.email for customer in customers])
    return found


def buyers(session: Session) -> list[list[str]]:
    found = []
    for product in session.query(Product).order_by(Product.id).all():
        customers = (
            session.query(Customer)
            .join(Customer.orders)
            .join(Order.lines)
            .filter(OrderLine.product_id == product.id)
            .order_by(Customer.email)
            .all()
        )
        found.append([customer.name for customer in customers])
    return found


def quantities(session: Session) -> list[list[int]]:
    found = []
    for product in session.query(Product).order_by(Product.id).all():
        rows = (
            session.query(OrderLine.quantity)
            .join(OrderLine.order)
            .filter(OrderLine.product_id == product.id, Order.total > 10)
            .distinct()
            .order_by(OrderLine.quantity)
        )
        found.append([quantity for (quantity,) in rows])
    return found
