"""What varies in the loop is the second parameter of a function further down, and the first is not."""

from shop.models import Customer, Product, Review


class Reviews:
    def __init__(self, session):
        self.session = session

    def rating(self, customer_id: int, product_id: int) -> int:
        found = (
            self.session.query(Review.rating)
            .filter(Review.customer_id == customer_id, Review.product_id == product_id)
            .order_by(Review.id.desc())
            .first()
        )
        return found[0] if found is not None else 0


def may_praise(reviews: Reviews, customer: Customer, product: Product) -> bool:
    if product.supplier_id is None:
        return True
    return reviews.rating(customer.id, product.id) > 2


def praised(session, customer: Customer) -> list[str]:
    reviews = Reviews(session)
    products = session.query(Product).order_by(Product.id).all()
    return [product.name for product in products if may_praise(reviews, customer, product)]
