"""Nothing here adds None."""

from shop.models import Order, OrderLine, Payment, Product, Review


def totals(session):
    amounts = sum(payment.amount for payment in session.query(Payment))
    fallback = sum(order.total or 0 for order in session.query(Order))
    tested = sum(order.total for order in session.query(Order) if order.total)
    asked = sum(o.total for o in session.query(Order).filter(Order.total.isnot(None)))
    above = sum(o.total for o in session.query(Order).filter(Order.total > 10))
    checked = sum(order.total for order in session.query(Order) if is_complete(order))
    counted = sum(1 for review in session.query(Review))
    prices = sum(line.quantity * line.unit_price for line in session.query(OrderLine))
    names = sum((product.name == "x") for product in session.query(Product))
    return amounts, fallback, tested, asked, above, checked, counted, prices, names


def is_complete(order):
    return order.total is not None
