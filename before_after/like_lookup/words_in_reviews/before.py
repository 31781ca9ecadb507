"""Words are counted in reviews, whose text may be NULL, and the first of the products is found."""

from shop.models import Product, Review

WORDS = ("ood", "bad", "", "o")


class Words:
    def __init__(self, session):
        self.session = session

    def counts(self, product_id, words=WORDS):
        return {
            word: self.session.query(Review)
            .filter(Review.product_id == product_id)
            .filter(Review.text.contains(word, autoescape=True))
            .count()
            for word in words
        }

    def products(self, prefixes):
        found = []
        for prefix in prefixes:
            # the first one by its key
            product = (
                self.session.query(Product)
                .filter(Product.sku.startswith(prefix, autoescape=True), Product.active.is_(True))
                .order_by(Product.id)
                .first()
            )
            found.append(product.name if product else None)
        return found
