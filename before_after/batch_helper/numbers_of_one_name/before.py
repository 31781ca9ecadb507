"""Helpers of one file, of a class and of its subclass that count rows of one table by one key."""

from shop.models import Product, Review


def cheap(session, supplier_id: int):
    return (
        session.query(Product)
        .filter(Product.supplier_id == supplier_id, Product.price < 20)
        .count()
    )


def sold_out(session, supplier_id: int):
    return (
        session.query(Product)
        .filter(Product.supplier_id == supplier_id, Product.stock == 0)
        .count()
    )


class Ratings:
    def __init__(self, session):
        self.session = session

    def good(self, product_id: int):
        return (
            self.session.query(Review)
            .filter(Review.product_id == product_id, Review.rating > 3)
            .count()
        )

    def review_counts(self, product_ids: list[int]):
        return len(product_ids)


class MoreRatings(Ratings):
    def bad(self, product_id: int):
        return (
            self.session.query(Review)
            .filter(Review.product_id == product_id, Review.rating < 3)
            .count()
        )

    def review_counts_by_product_id(self, product_ids: list[int]):
        return self.review_counts(product_ids)


def supplies(session, supplier_ids: list[int]):
    return [cheap(session, each) for each in supplier_ids]


def missing(session, supplier_ids: list[int]):
    return [sold_out(session, each) for each in supplier_ids]


def good_and_bad(session, product_ids: list[int]):
    ratings = MoreRatings(session)
    good = [ratings.good(each) for each in product_ids]
    bad = [ratings.bad(each) for each in product_ids]
    return good, bad, ratings.review_counts_by_product_id(product_ids)
