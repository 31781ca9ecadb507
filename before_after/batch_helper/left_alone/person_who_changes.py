"""What says for whom a helper's helper asks is changed on the way, or may be."""

from sqlalchemy.orm import Session

from shop.models import Product, Review


def advance(customer):
    customer["id"] += 1


def has_reviewed(session: Session, customer, product_id: int) -> bool:
    found = session.query(Review.id).filter_by(customer_id=customer["id"], product_id=product_id)
    return found.first() is not None


def after_the_next(session: Session, customer, product: Product) -> bool:
    advance(customer)
    return has_reviewed(session, customer, product.id)


def by_the_next(session: Session, customer) -> list[str]:
    query = session.query(Product).order_by(Product.id).all()
    return [p.sku for p in query if after_the_next(session, customer, p)]  # found: batch-helper (same-arguments)


def after_a_hook(session: Session, customer, product: Product, hook) -> bool:
    hook(customer)
    return has_reviewed(session, customer, product.id)


def by_a_hook(session: Session, customer, hook) -> list[str]:
    query = session.query(Product).order_by(Product.id).all()
    return [p.sku for p in query if after_a_hook(session, customer, p, hook)]  # found: batch-helper (same-arguments, calls-known)
