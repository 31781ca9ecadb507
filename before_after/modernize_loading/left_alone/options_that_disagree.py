"""Two options that load the same by different strategies raise an error."""

from sqlalchemy.orm import joinedload, selectinload, subqueryload

from shop.models import Order, OrderLine, Product


def lines(session):
    return session.query(Order).options(
        subqueryload(Order.lines),  # found: modernize-loading (options-agree)
        joinedload(Order.customer),
        selectinload(Order.lines).joinedload(OrderLine.product),
    ).all()


def nested(session):
    return session.query(Order).options(
        selectinload(Order.lines).subqueryload(OrderLine.product),  # found: modernize-loading (options-agree)
        selectinload(Order.lines).options(joinedload(OrderLine.product).joinedload(Product.category)),
    ).all()


def of_the_caller(session, option):
    return session.query(Order).options(
        subqueryload(Order.lines),  # found: modernize-loading (options-agree)
        option,
    ).all()
