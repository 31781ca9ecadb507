"""One fetch does it, but for what a person has to look at."""

# pyproject: database = ["postgresql"]

import re

from somewhere import publish

from shop.models import Product, Tag

CODE = re.compile(r"[A-Z]+-\d{2,}")


def many_texts(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word, autoescape=True)).count()  # review: like-lookup (few-rows)
        for word in words
    ]


def first_of_many(session, words: list[str]):
    found = []
    for word in words:
        product = session.query(Product).filter(Product.name.contains(word, autoescape=True)).first()  # review: like-lookup (told-by-rows)
        found.append(product.name if product else None)
    return found


def not_always(session, words: list[str]):
    found = []
    for word in words:
        if word.isupper():
            number = session.query(Tag).filter(Tag.name.contains(word, autoescape=True)).count()  # review: like-lookup (asked-every-time)
            found.append(number)
    return found


def published(session, words: list[str]):
    for word in words:
        publish(session, session.query(Tag).filter(Tag.name.contains(word, autoescape=True)).count())  # review: like-lookup (calls-known)


def one_by_one(session, words: list[str]):
    for word in words:
        yield session.query(Tag).filter(Tag.name.contains(word, autoescape=True)).count()  # review: like-lookup (not-suspended)


def without_autoflush(session, words: list[str]):
    for word in words:
        with session.no_autoflush:
            if session.query(Tag).filter(Tag.name.contains(word, autoescape=True)).first():  # review: like-lookup (kept-up)
                continue
        session.add(Tag(name=word))


def never_a_wildcard(session, codes: list[str]):
    found = []
    for code in codes:
        if code is None or not CODE.fullmatch(code):
            continue
        found += session.query(Product).filter(Product.sku.endswith(code)).all()  # review: like-lookup (few-rows)
    return found


def matched_there(session, codes: list[str]):
    return [
        session.query(Product).filter(Product.sku.endswith(code)).count()  # review: like-lookup (few-rows)
        for code in codes
        if re.fullmatch("[A-Z]{2}[0-9]+", code) is not None
    ]


def known_words(session):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # review: like-lookup (few-rows)
        for word in ("pen", "ink")
    ]


def letters(session, words: list[str]):
    found = []
    for word in words:
        if word and word.isalpha():
            found += session.query(Product).filter(Product.name.contains(word)).all()  # review: like-lookup (few-rows)
    return found
