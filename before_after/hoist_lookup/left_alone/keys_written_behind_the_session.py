"""A statement has written keys of rows that the session holds, and that still say the old ones."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from shop.models import Product


def told_not_to(session, skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    sold_out = session.query(Product).filter(Product.stock == 0)
    sold_out.update({"sku": "X-" + Product.sku}, synchronize_session=False)
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def told_in_a_dict(session, skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    renamed = update(Product).where(Product.stock == 0).values(sku="X-" + Product.sku)
    session.execute(renamed, execution_options={"synchronize_session": False})
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def of_core(session, skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    session.execute(update(Product.__table__).values(sku="X-" + Product.sku))
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def by_the_key(session, changed: list[dict], skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    session.bulk_update_mappings(Product, changed)
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def renamed_in_stock():
    renamed = update(Product).where(Product.stock == 0).values(sku="X-" + Product.sku)
    return renamed.execution_options(synchronize_session=False)


def told_elsewhere(session, skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    session.execute(renamed_in_stock())
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def of_both(session, stocked: list[dict], skus: list[str]):
    products = session.query(Product).order_by(Product.id).all()
    added = pg_insert(Product).values(stocked)
    added = added.on_conflict_do_update(
        index_elements=[Product.id], set_={"sku": added.excluded.sku}
    )
    session.execute(added)
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result


def committed_at_times(session, changed: list[dict], skus: list[str], done: bool):
    products = session.query(Product).order_by(Product.id).all()
    session.bulk_update_mappings(Product, changed)
    if done:
        session.commit()
    result = [product.name for product in products]
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
    return result
