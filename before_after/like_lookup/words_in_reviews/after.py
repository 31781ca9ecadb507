"""Words are counted in reviews, whose text may be NULL, and the first of the products is found."""

from shop.models import Product, Review

WORDS = ("ood", "bad", "", "o")


class Words:
    def __init__(self, session):
        self.session = session

    def counts(self, product_id, words=WORDS):
        texts = [
            text
            for (text,) in self.session.query(Review.text)
            .filter(Review.product_id == product_id)
            .filter(Review.text.isnot(None))
        ]
        return {word: sum(1 for text in texts if word in text) for word in words}

    def products(self, prefixes):
        found = []
        all_products = (
            self.session.query(Product).filter(Product.active.is_(True)).order_by(Product.id).all()
        )
        for prefix in prefixes:
            # the first one by its key
            product = next((row for row in all_products if row.sku.startswith(prefix)), None)
            found.append(product.name if product else None)
        return found
