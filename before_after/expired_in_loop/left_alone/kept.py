"""The session keeps its rows, or nothing says whether it does."""

from sqlalchemy.orm import Session

from shop.models import Order, OrderStatus


def keeping(engine):
    with Session(engine, expire_on_commit=False) as session:
        for order in session.query(Order).all():
            if order.total:
                order.status = OrderStatus.SHIPPED
            session.commit()


def unknown(engine, flag):
    with Session(engine, expire_on_commit=flag) as session:
        for order in session.query(Order).all():
            if order.total:
                order.status = OrderStatus.SHIPPED
            session.commit()
