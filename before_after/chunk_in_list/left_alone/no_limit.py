"""MySQL's drivers put the values into the text of the statement."""
# pyproject: database = ["mysql"]

from shop.models import Order


def orders(session, order_ids: list[int]):
    return len(session.query(Order).filter(Order.id.in_(order_ids)).all())
