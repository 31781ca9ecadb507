"""The query selects a column, and its rows have nothing else by which they could be told."""

# pyproject: database = ["postgresql"]

from shop.models import Product


def names(session, words: list[str]):
    return [
        session.query(Product.name).filter(Product.sku.contains(word, autoescape=True)).all()  # found: like-lookup (told-by-rows)
        for word in words
    ]
