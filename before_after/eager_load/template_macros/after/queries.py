from sqlalchemy.orm import selectinload

from shop.models import Product


def all_products(session):
    return (
        session.query(Product)
        .options(selectinload(Product.supplier), selectinload(Product.category))
        .order_by(Product.id)
        .all()
    )
