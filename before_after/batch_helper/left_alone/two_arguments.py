"""Another argument than the key is another one for every item, and is no key itself."""

from sqlalchemy.orm import Session

from shop.models import Order, Product, Review


def total(session: Session, customer_id: int, least: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id, Order.total >= least)
    return orders.count()


def totals(session: Session, pairs: list[tuple[int, int]]):
    return [total(session, customer_id, least) for customer_id, least in pairs]  # found: batch-helper


def ratings(session: Session, product_id: int, customer_id: int):
    return session.query(Review).filter(Review.product_id == product_id, Review.customer_id == customer_id).count()


def summed(session: Session, pairs: list[tuple[int, int]]):
    found = 0
    for product_id, customer_id in pairs:
        found += ratings(session, product_id, found + customer_id)  # found: batch-helper
    return found


def rated(session: Session, pairs: list[tuple[int, int | None]]):
    return [ratings(session, product_id, customer_id) for product_id, customer_id in pairs]  # found: batch-helper


def described(session: Session, **options):
    return session.query(Product).filter(Product.sku == options["sku"]).count()


def all_described(session: Session, skus: list[str]):
    return [described(session, sku=sku, note=sku) for sku in skus]  # found: batch-helper
