"""The class is handed to the function that makes the query, and has another name there."""

from sqlalchemy import distinct, func

from shop.models import Order, OrderStatus


def matching(session, model, criteria):
    return session.query(model).filter(*criteria)


def open_orders(session, status: OrderStatus) -> int:
    return (
        matching(session, Order, [Order.status == status])
        .with_entities(func.count(distinct(Order.id)))
        .scalar()
    )
