"""Another function fills a list that is called what a helper's rows would be called together."""

from shop.models import Customer, Product, Review
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def number_of_reviews(session: Session, customer_id: int, product_id: int) -> int:
    statement = select(func.count(Review.id)).where(
        Review.customer_id == customer_id, Review.product_id == product_id
    )
    return session.execute(statement).scalar_one()


class Policy:
    def __init__(self, session: Session, customer: Customer) -> None:
        self.session = session
        self.customer = customer

    def may_review(self, product: Product) -> bool:
        if self.customer.vip:
            return True
        return number_of_reviews(self.session, self.customer.id, product.id) < 1

    def allowed(self, rows: list[Product]) -> list[str]:
        return [product.sku for product in rows if self.may_review(product)]


def expensive(session: Session, minimum: int) -> list[Product]:
    products = []
    for product in session.query(Product).order_by(Product.id):
        if product.price >= minimum:
            products.append(product)
    return products
