"""The key of the lookup is an attribute of a related row, which is loaded once per line as well."""

from shop.models import Customer, OrderLine


def labels(session, product_id):
    found = []
    lines = session.query(OrderLine).filter(OrderLine.product_id != product_id)
    for line in lines.order_by(OrderLine.id).all():
        buyer = session.query(Customer).filter(Customer.id == line.order.customer_id).first()
        found.append((line.order.number, buyer.name if buyer is not None else None))
    return found
