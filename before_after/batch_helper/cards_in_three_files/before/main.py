"""A page shows cards, of which each looks up its category with a helper of a third file."""

from cards import card
from shop.models import Product


def page(session):
    products = session.query(Product).order_by(Product.id).limit(40).all()
    return "\n".join([card(session, product) for product in products])
