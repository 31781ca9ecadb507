from shop.models import Product


def all_products(session):
    return session.query(Product).order_by(Product.id).all()
