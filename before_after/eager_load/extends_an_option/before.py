"""The query loads the lines already; the product of each line is left to lazy loads."""

from sqlalchemy.orm import joinedload, selectinload

from shop.models import Order


def weights(session):
    orders = (
        session.query(Order)
        .options(
            joinedload(Order.customer),
            selectinload(Order.lines),  # shown with each
        )
        .order_by(Order.id)
        .all()
    )
    return sorted(
        (line.product.sku, line.quantity)
        for order in orders
        for line in order.lines
        if line.product_id is not None
    )
