"""A listener of one session hears of every row that is loaded."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product


def skus_of_lines(session: Session):
    found: list = []

    @event.listens_for(session, "loaded_as_persistent")
    def remember(_, row):
        found.append(row.id)

    for line in session.query(OrderLine).order_by(OrderLine.id).all():
        product = session.query(Product).filter(Product.id == line.product_id).one()  # review: hoist-lookup (same-rows)
        found.append(product.sku)
    return found
