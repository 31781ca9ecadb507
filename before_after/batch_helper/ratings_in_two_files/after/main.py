"""Ratings are asked for by product and customer, in a class and two functions of another file."""

from svc import Ratings, best, load_known_reviews, rated, review_maxes_by_product_id_and_customer_id

from shop.models import Customer, Product


def stars(session):
    ratings, found = Ratings(session), []
    customers = session.query(Customer).order_by(Customer.id).all()
    products = session.query(Product).order_by(Product.id).all()
    prefetched_reviews = ratings.reviews_by_product_id_and_customer_id(
        [(customer.id, product.id) for customer, product in zip(customers, products)]
    )
    for customer, product in zip(customers, products):
        found.append(
            ratings.stars(
                product_id=product.id,
                customer_id=customer.id,
                prefetched_reviews=prefetched_reviews,
            )
        )
    return found


def table(session, pairs):
    pairs = [(int(product), int(customer)) for product, customer in pairs]
    review_maxes = review_maxes_by_product_id_and_customer_id(
        session, [(product, customer) for product, customer in pairs]
    )
    highest = [
        best(session, product, customer, review_maxes=review_maxes) for product, customer in pairs
    ]
    known_reviews = load_known_reviews(session, [(p, c) for p, c in pairs])
    return highest, [
        rated(session, customer_id=c, product_id=p, known_reviews=known_reviews) for p, c in pairs
    ]
