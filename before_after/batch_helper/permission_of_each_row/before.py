"""Who may see a row is asked of two functions, which nothing tells whom they are asked for."""

from shop.models import Product, Review
from sqlalchemy.orm import Session


def has_reviewed(session: Session, customer, product_id: int) -> bool:
    found = session.query(Review).filter_by(customer_id=customer.id, product_id=product_id)
    return found.first() is not None


def can_view(session: Session, customer, product: Product) -> bool:
    if product.active or product.supplier_id == customer.id:
        return True
    return has_reviewed(session, customer, product.id)


def visible(session: Session, customer) -> list[str]:
    query = session.query(Product).order_by(Product.id)
    return [product.sku for product in query if can_view(session, customer, product)]
