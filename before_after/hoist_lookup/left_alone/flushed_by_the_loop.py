"""The session flushes only where it is told to: later lookups find what waited for it."""

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from shop.models import Customer, Product

Session = sessionmaker(create_engine("sqlite://"), autoflush=False)


def flushed(session, skus: list[str]):
    found = []
    with session.no_autoflush:
        for sku in skus:
            found.append(session.query(Product).filter(Product.sku == sku).first())  # review: hoist-lookup (flushes-alike)
            session.flush()
    return [product.name if product else None for product in found]


def committed(skus: list[str]):
    session = Session()
    session.add(Product(sku="new", name="New"))
    found = []
    for sku in skus:
        found.append((sku, session.query(Product).filter(Product.sku == sku).count()))  # review: hoist-lookup (flushes-alike)
        session.commit()
    return found


def in_savepoints(customers: list[int]):
    session = Session()
    session.add(Customer(id=77, name="New"))
    found = []
    for number in customers:
        found.append((number, session.query(Customer).filter(Customer.id == number).count()))  # found: hoist-lookup (rows-stay-loaded)
        session.begin_nested()
    return found
