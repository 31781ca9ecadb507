"""A step of the query is something that only the database does."""

# pyproject: database = ["postgresql"]

from shop.models import Product


def reviewed(session, words: list[str]):
    return [
        session.query(Product)  # found: like-lookup (told-by-rows)
        .join(Product.reviews)
        .filter(Product.name.contains(word, autoescape=True))
        .all()
        for word in words
    ]
