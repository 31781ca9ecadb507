"""The helper commits, which expires what was fetched for the other items."""

from shop.models import Product, Tag


def tag(session, sku: str):
    product = session.query(Product).filter(Product.sku == sku).one()
    session.add(Tag(name=f"seen {product.name}"))
    session.commit()


def tag_all(session, skus: list[str]):
    for sku in skus:
        tag(session, sku)  # found: batch-helper (rows-stay-loaded)
