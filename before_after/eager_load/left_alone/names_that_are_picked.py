"""Which attributes are read is decided while the code runs, or is none that loads anything."""

from sqlalchemy import inspect

from shop.models import Order


def picked(session, wanted):
    rows = []
    for order in session.query(Order):
        for name in ("customer", "address"):
            if wanted(name):
                rows.append(getattr(order, name))
    return rows


def columns(session):
    names = inspect(Order).column_attrs.keys()
    return [[getattr(order, name) for name in names] for order in session.query(Order)]


def without_relationships(session):
    relationships = inspect(Order).relationships
    return [
        [
            getattr(order, name)
            for name in inspect(Order).attrs.keys()
            if name not in relationships.keys()
        ]
        for order in session.query(Order)
    ]


def numbers(session):
    names = [name for name in ("number", "customer") if not name.startswith("cust")]
    return [[getattr(order, name) for name in names] for order in session.query(Order)]


def last_of_them(session):
    names = ("customer", "address", "number")
    return [getattr(order, names[-1]) for order in session.query(Order)]
