"""The rows of a query have two columns of one name, one whose name a variable hides, or are used whole."""

from shop.models import Order, OrderLine, Product


def keys_of_both(session):
    found = {}
    for order in session.query(Order).order_by(Order.id).all():
        lines = (
            session.query(OrderLine.quantity, Product.id)  # found: hoist-lookup (writable)
            .join(Product, Product.id == OrderLine.product_id)
            .filter(OrderLine.id == order.id)
            .order_by(OrderLine.id)
            .all()
        )
        found[order.number] = [(line.quantity, line.id) for line in lines]
    return found


def named_elsewhere(session):
    found = {}
    pieces = OrderLine.quantity.label("pieces")
    for order in session.query(Order).order_by(Order.id).all():
        lines = session.query(pieces, OrderLine.position).filter(OrderLine.order_id == order.id).order_by(OrderLine.id).all()  # found: hoist-lookup (writable)
        found[order.number] = [(line.pieces, line.position) for line in lines]
    return found


def last_column(session):
    found = {}
    for order in session.query(Order).order_by(Order.id).all():
        asked = session.query(OrderLine.quantity, OrderLine.position).filter(OrderLine.id == order.id)
        found[order.number] = asked.one()[-1]  # found: hoist-lookup (writable)
    return found


def or_a_pair(session):
    found = {}
    for order in session.query(Order).order_by(Order.id).all():
        line = session.query(OrderLine.quantity, OrderLine.position).filter(OrderLine.id == order.id).first()  # found: hoist-lookup (writable)
        found[order.number] = line or (0, 0)
    return found


def as_a_dict(session):
    found = {}
    for order in session.query(Order).order_by(Order.id).all():
        line = session.query(OrderLine.quantity, OrderLine.position).filter(OrderLine.id == order.id).first()  # found: hoist-lookup (writable)
        found[order.number] = line._asdict() if line else {}
    return found


def kept_at_times(session):
    found = {}
    for order in session.query(Order).order_by(Order.id).all():
        lines = session.query(OrderLine.quantity, OrderLine.position).filter(OrderLine.order_id == order.id).all()  # found: hoist-lookup (writable)
        total = sum(line.quantity for line in lines)
        found[order.number] = lines if total > 1 else []
    return found
