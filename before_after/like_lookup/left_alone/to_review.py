"""One fetch does it, but for what a person has to look at."""

# pyproject: database = ["postgresql"]

from somewhere import publish

from shop.models import Product, Tag


def wildcards(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # review: like-lookup (tests-equal)
        for word in words
    ]


def many_texts(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word, autoescape=True)).count()  # review: like-lookup (few-rows)
        for word in words
    ]


def first_of_many(session, words: list[str]):
    found = []
    for word in words:
        product = session.query(Product).filter(Product.name.contains(word)).first()  # review: like-lookup (told-by-rows)
        found.append(product.name if product else None)
    return found


def not_always(session, words: list[str]):
    found = []
    for word in words:
        if word.isupper():
            number = session.query(Tag).filter(Tag.name.contains(word)).count()  # review: like-lookup (asked-every-time)
            found.append(number)
    return found


def published(session, words: list[str]):
    for word in words:
        publish(session, session.query(Tag).filter(Tag.name.contains(word)).count())  # review: like-lookup (calls-known)


def one_by_one(session, words: list[str]):
    for word in words:
        yield session.query(Tag).filter(Tag.name.contains(word)).count()  # review: like-lookup (not-suspended)


def without_autoflush(session, words: list[str]):
    for word in words:
        with session.no_autoflush:
            if session.query(Tag).filter(Tag.name.contains(word)).first():  # review: like-lookup (kept-up)
                continue
        session.add(Tag(name=word))
