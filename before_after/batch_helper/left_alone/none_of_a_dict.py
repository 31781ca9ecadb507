"""A dict may lack a part of the key, which is annotated as a number that is always there."""

from shop.models import Review


def reviews_of(session, customer_id: int, product_id: int):
    return (
        session.query(Review)
        .filter(Review.customer_id == customer_id, Review.product_id == product_id)
        .count()
    )


def counts(session, customers: dict, products: list[int]):
    found = []
    for product_id in products:
        customer_id = customers.get(product_id)
        found.append(reviews_of(session, customer_id, product_id))  # found: batch-helper (null-keys)
    return found
