"""LIKE of SQLite finds text in another case, and Python does not."""

# pyproject: database = ["sqlite", "postgresql"]

from shop.models import Product


def named(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # found: like-lookup (tests-equal)
        for word in words
    ]
