"""The rows of a query have two columns of one name, or one whose name a variable hides."""

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
