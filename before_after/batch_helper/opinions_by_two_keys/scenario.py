from shop.models import Customer, Product, Review


def _pairs(session):
    pairs = session.query(Review.product_id, Review.customer_id).order_by(Review.id)
    pairs = [(product_id, customer_id) for product_id, customer_id in pairs if customer_id]
    return [*pairs, *pairs[:3], (1, 100_000), (100_000, 1)]


def _customers(session):
    return [id for (id,) in session.query(Customer.id).order_by(Customer.id)]


def scenario(module, session):
    pairs, customers = _pairs(session), _customers(session)
    session.expunge_all()
    return (
        module.opinions(session, pairs),
        module.of_product(session, 1, customers),
        module.opinion(session, 2, 1),
        module.table(session),
        module.best(session, [*customers, 1]),
        module.spread(session, [(key, key % 6) for key in customers]),
    )


def sizes(session):
    known = set(_customers(session))
    found = sum(customer in known for _, customer in _pairs(session))
    products = min(session.query(Product).count(), 5)
    return {
        "pairs": len(_pairs(session)) + found,
        "known": found,
        "customers": len(known),
        "cells": products * min(len(known), 20),
    }


def statements(sizes):
    alone = 2 if sizes["customers"] else 1
    others = 2 + alone + 2  # the keys, the lone call, and the rows of the table
    before = sizes["pairs"] + 4 * sizes["customers"] + 1 + sizes["cells"]
    after = 2 + bool(sizes["known"]) + 3 * bool(sizes["customers"]) + bool(sizes["cells"])
    return others + before, others + after
