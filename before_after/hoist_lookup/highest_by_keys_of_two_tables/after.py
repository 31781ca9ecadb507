"""Two keys, the first of them a column of a joined table: each is named with its own class."""

from sqlalchemy import func, tuple_

from shop.models import Customer, Order, OrderLine, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def highest_totals(session):
    cells = []
    customers = session.query(Customer).order_by(Customer.id).all()
    products = session.query(Product).order_by(Product.id).limit(3).all()
    order_maxes = {}
    for product_id_and_customer_ids in _chunks(
        (product.id, customer.id) for product in products for customer in customers
    ):
        for product_id, customer_id, value in (
            session.query(OrderLine.product_id, Order.customer_id, func.max(Order.total))
            .select_from(Order)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .filter(
                tuple_(OrderLine.product_id, Order.customer_id).in_(product_id_and_customer_ids)
            )
            .group_by(OrderLine.product_id, Order.customer_id)
        ):
            order_maxes[(product_id, customer_id)] = value
    for product in products:
        for customer in customers:
            highest = order_maxes.get((product.id, customer.id))
            if highest is not None:
                cells.append((product.sku, customer.email, highest))
    return cells
