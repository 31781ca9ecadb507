"""A marshmallow schema in another file reads two steps of each row."""

from sqlalchemy.orm import selectinload

from shop.models import Customer, Order

from schemas import orders_schema


def index(session):
    orders = (
        session.query(Order)
        .options(selectinload(Order.customer).selectinload(Customer.country))
        .order_by(Order.id)
        .all()
    )
    return orders_schema.dump(orders)
