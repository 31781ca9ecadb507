"""`get()` asks nothing for rows that the session has; what is fetched for a loop may be a waste."""

from shop.models import Category, OrderLine, Product


def price(session, key: int):
    product = session.get(Product, key)
    return product.price if product else None


def prices(session, keys: list[int]):
    return [price(session, key) for key in keys]  # review: batch-helper (not-loaded-already)


def own_prices(session):
    """All of the rows are loaded."""
    return [price(session, product.id) for product in session.query(Product).order_by(Product.id)]


def names(session, line: OrderLine):
    """Which of the two are in the session is not known."""
    product = session.get(Product, line.product_id)
    category = session.get(Category, product.category_id) if product else None
    return product and product.name, category and category.name


def all_names(session, lines: list[OrderLine]):
    return [names(session, line) for line in lines]  # found: batch-helper (keys-known-before)
