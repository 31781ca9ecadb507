"""What Python would not find as the database does."""

# pyproject: database = ["postgresql"]

import re

from shop.models import Customer, Product, Tag

CODE = re.compile(r"\w+-\d+")
NUMBER = re.compile("[0-9]+")


def folded(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.ilike(f"%{word}%")).count()  # found: like-lookup (tests-equal)
        for word in words
    ]


def patterns(session, patterns: list[str]):
    return [
        session.query(Product).filter(Product.name.like(pattern)).all()  # found: like-lookup (tests-equal)
        for pattern in patterns
    ]


def only_one(session, words: list[str]):
    return [
        session.query(Customer).filter(Customer.email.contains(word, autoescape=True)).one()  # found: like-lookup (told-by-rows)
        for word in words
    ]


def added_otherwise(session, words: list[str]):
    for word in words:
        if not session.query(Tag).filter(Tag.name.contains(word, autoescape=True)).first():  # found: like-lookup (kept-up)
            new = Tag(name=word)
            session.add(new)


def built_in_steps(session, words: list[str]):
    found = []
    for word in words:
        query = session.query(Tag).filter(Tag.name.contains(word, autoescape=True))
        found.append((query.count(), query.all()))  # found: like-lookup (writable)  # found: like-lookup (writable)
    return found


def wildcards(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # found: like-lookup (tests-equal)
        for word in words
    ]


def a_word_has_an_underscore(session, codes: list[str]):
    found = []
    for code in codes:
        if CODE.fullmatch(code):
            found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def begins_like_a_code(session, codes: list[str]):
    found = []
    for code in codes:
        if not re.match("[A-Z]+", code):
            continue
        found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def assigned_again(session, codes: list[str]):
    found = []
    for code in codes:
        if not code.isalnum():
            continue
        code = code.replace("0", "_")
        found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def tested_in_one_case(session, codes: list[str], strict: bool):
    found = []
    for code in codes:
        if strict and not code.isalnum():
            continue
        found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def tested_the_other_way(session, codes: list[str]):
    found = []
    for code in codes:
        if code.isalnum():
            continue
        found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def tested_afterwards(session, codes: list[str]):
    found = []
    for code in codes:
        products = session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
        if not code.isalnum():
            continue
        found += products
    return found


def some_of_a_list(session):
    return [
        session.query(Product).filter(Product.name.contains(word)).count()  # found: like-lookup (tests-equal)
        for word in ("pen", "100%")
    ]


def tested_or_not(session, codes: list[str]):
    found = []
    for code in codes:
        if code.isalnum() or len(code) > 20:
            found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found


def begins_with_a_number(session, codes: list[str]):
    found = []
    for code in codes:
        if NUMBER.match(code):
            found += session.query(Product).filter(Product.sku.endswith(code)).all()  # found: like-lookup (tests-equal)
    return found
