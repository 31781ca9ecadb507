"""The products of a supplier are switched off, each by itself."""

from sqlalchemy.orm import Session

from shop.models import Product


def switch_off(session: Session, supplier_id: int) -> int:
    products = session.query(Product).filter(Product.supplier_id == supplier_id).all()
    for product in products:
        # nobody can order these any more
        product.active = False
        product.stock = 0
    session.commit()
    return session.query(Product).filter(Product.active.is_(False)).count()
