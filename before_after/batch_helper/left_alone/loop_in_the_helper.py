"""The helper queries in a loop of its own, with keys that it makes itself."""

from shop.models import Category, Product, Review


def words_of(text):
    return text.lower().split()


def mentioned(session, product_id: int, text):
    found = 0
    for word in words_of(text):
        query = session.query(Review).filter(Review.product_id == product_id)
        found += query.filter(Review.text.contains(word)).count()
    return found


def in_all(session, products: list[Product], text):
    return {product.id: mentioned(session, product.id, text) for product in products}  # found: batch-helper (keys-known-before)


def in_some(session, text):
    """A few rounds."""
    return [mentioned(session, product_id, text) for product_id in (1, 2)]


def of_two_kinds(session, product_id: int):
    """The inner loop makes a few rounds."""
    found = []
    for rating in (1, 5):
        query = session.query(Review).filter(Review.product_id == product_id)
        found.append(query.filter(Review.rating == rating, Review.text.contains("a")).count())
    return found


def categories_of(session, product, text):
    """The queries are the same for each product."""
    found = []
    for word in words_of(text):
        query = session.query(Category).filter(Category.name.contains(word))
        found.append((product, query.count()))
    return found


def of_every_product(session, products: list[Product], text):
    found = []
    for product in products:
        found += categories_of(session, product.name, text)
    return found


def pages(session, product_id: int):
    found = []
    for start in range(0, 10_000, 100):
        query = session.query(Review).filter(Review.product_id == product_id)
        found += query.order_by(Review.id).offset(start).limit(100).all()
    return found


def all_pages(session, products: list[Product]):
    return [pages(session, product.id) for product in products]
