"""The items are iterators, or hold some: who collects the keys from them leaves none for the loop."""

import itertools
from itertools import groupby

from shop.models import OrderLine, Product


def names_by_letter(session, skus: list[str]):
    found = []
    for letter, group in groupby(sorted(skus), key=lambda sku: sku[0]):
        product = session.query(Product).filter(Product.sku == letter + "-1").first()  # found: hoist-lookup (items-repeatable)
        found.append((product and product.name, list(group)))
    return found


def counts_by_letter(session, skus: list[str]):
    letters = enumerate(itertools.groupby(sorted(skus), key=lambda sku: sku[0]))
    for _, (letter, group) in letters:
        for sku in group:
            product = session.query(Product).filter(Product.sku == sku).first()  # found: hoist-lookup (items-repeatable)
            yield letter, product and product.name


def letters_alone(session, skus: list[str]):
    """The groups are not used: nothing is lost with them."""
    return [
        session.query(Product).filter(Product.sku == letter).count()  # review: hoist-lookup (keys-equal)
        for letter, _ in groupby(sorted(skus), key=lambda sku: sku[0])
    ]


def lines_of_texts(session, texts: list[str]):
    found = []
    for numbers in [map(int, text.split()) for text in texts]:
        for number in numbers:
            found.append(
                session.query(OrderLine)  # review: hoist-lookup (items-repeatable)
                .filter(OrderLine.order_id == number)
                .count()
            )
    return found
