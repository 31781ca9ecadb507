"""A commit expires what was fetched, so that every row would be loaded again."""

from shop.models import Product


def book(session, skus: "list[str]"):
    for sku in skus:
        product = (
            session.query(Product)  # found: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one()
        )
        product.stock = (product.stock or 0) - 1
        session.commit()


def book_what_is_there(session, skus: "list[str]"):
    for sku in skus:
        product = (
            session.query(Product)  # review: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one()
        )
        if product.stock:
            product.stock = product.stock - 1
            session.commit()


def book_what_is_found(session, skus: "list[str]"):
    for sku in skus:
        product = (
            session.query(Product)  # found: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one_or_none()
        )
        if product is not None:
            product.stock = (product.stock or 0) - 1
            session.commit()


def book_or_tell(session, skus: "list[str]"):
    missing = []
    for sku in skus:
        product = (
            session.query(Product)  # found: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one_or_none()
        )
        if not product:
            missing.append(sku)
        else:
            product.stock = (product.stock or 0) - 1
            session.commit()
    return missing


def undo_what_is_not(session, skus: "list[str]"):
    for sku in skus:
        product = (
            session.query(Product)  # found: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one()
        )
        product.stock = (product.stock or 0) - 1
        if product.stock < 0:
            session.rollback()
