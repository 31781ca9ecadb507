"""A page shows cards, of which each looks up its category with a helper of a third file."""

from cards import card, load_card_data
from shop.models import Product


def page(session):
    products = session.query(Product).order_by(Product.id).limit(40).all()
    categories = load_card_data(session, products)
    return "\n".join([card(session, product, categories=categories) for product in products])
