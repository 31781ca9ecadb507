"""The keys would be loaded one by one before the loop."""

from sqlalchemy.orm import load_only

from shop.models import Order, OrderLine


def committed(session):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    session.commit()
    return [[line.id for line in lines if line.order_id == order.id] for order in orders]  # review: index-by-key (rows-stay-loaded)


def partly(session):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).options(load_only(OrderLine.quantity)).all()
    return [[line.id for line in lines if line.order_id == order.id] for order in orders]  # review: index-by-key (rows-stay-loaded)
