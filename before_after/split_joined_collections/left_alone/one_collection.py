"""One collection is joined, a query finds one row, or nothing is loaded by it."""

from sqlalchemy.orm import contains_eager, joinedload, selectinload

from shop.models import Customer, Order, OrderLine, Product


def one(session):
    query = session.query(Order).options(
        joinedload(Order.lines).joinedload(OrderLine.product), selectinload(Order.payments)
    )
    return query.order_by(Order.id).all()


def first(session):
    return session.query(Order).options(joinedload(Order.lines)).first()


def of_one(session, line_id):
    query = session.query(OrderLine).options(
        joinedload(OrderLine.order).joinedload(Order.customer).joinedload(Customer.country),
        joinedload(OrderLine.product).joinedload(Product.category),
    )
    return query.filter(OrderLine.id == line_id).one()


def joined(session):
    query = session.query(Order).join(Order.lines).join(Order.payments)
    return query.options(contains_eager(Order.lines), contains_eager(Order.payments)).all()


def number(session):
    query = session.query(Order).options(joinedload(Order.lines), joinedload(Order.payments))
    return query.count()
