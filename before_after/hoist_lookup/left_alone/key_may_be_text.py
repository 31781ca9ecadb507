"""A number out of JSON may be a string, which the database converts and a dict does not find."""

from shop.models import Product


def names(session, payload):
    result = []
    for entry in payload:
        product = (
            session.query(Product)  # found: hoist-lookup (keys-equal)
            .filter(Product.id == entry["id"])
            .first()
        )
        result.append(product.name if product else None)
    return result
