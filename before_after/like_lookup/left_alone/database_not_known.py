"""Nothing says which database it is."""

# pyproject: database = []

from shop.models import Product


def named(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # found: like-lookup (tests-equal)
        for word in words
    ]
