"""The loop adds what its caller has made, which may be a row that the next lookup finds."""

from shop.models import Product


def names(session, records: list, ids: list[int]):
    result = []
    for record, product_id in zip(records, ids):
        product = session.query(Product).filter(Product.id == product_id).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
        session.add(record)
    return result
