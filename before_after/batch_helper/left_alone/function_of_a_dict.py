"""The kind of an entry tells which function is called."""

from sqlalchemy.orm import Session

from shop.models import Customer, Product


def name_of_customer(session: Session, key: int):
    customer = session.query(Customer).filter(Customer.id == key).first()
    return customer.name if customer else "?"


def name_of_product(session: Session, key: int):
    return session.query(Product.name).filter(Product.id == key).scalar()


NAMES = {"customer": name_of_customer, "product": name_of_product}


def names(session: Session, entries: list[tuple[str, int]]):
    return [NAMES[kind](session, key) for kind, key in entries]  # found: batch-helper


def known_names(session: Session, entries: list[tuple[str, int]]):
    found = []
    for kind, key in entries:
        name_of = {"c": name_of_customer, "p": name_of_product}[kind]
        found.append(name_of(session, key))  # found: batch-helper
    return found
