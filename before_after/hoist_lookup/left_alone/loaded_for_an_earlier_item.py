"""An item that comes again loads the reviews anew today, with those that the loop has written."""

from shop.models import Product, Review


def rated(session, product_ids: list[int]):
    result = []
    for product_id in product_ids:
        product = session.query(Product).filter(Product.id == product_id).first()  # review: hoist-lookup (rows-stay-loaded)
        if product is not None:
            result.append([review.rating for review in product.reviews])
            session.add(Review(product_id=product_id, rating=3))
    return result
