"""The session flushes only where it is told to: the second query finds what waited for it."""

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from shop.models import Country

Session = sessionmaker(create_engine("sqlite://"), autoflush=False)


def counted(numbers: list[int]):
    session = Session()
    session.add(Country(code="xx", name="Nowhere"))
    found = []
    for number in numbers:
        codes = session.query(Country.code).all()  # review: hoist-invariant (flushes-alike)
        session.flush()
        found.append((number, len(codes)))
    return found


def committed(numbers: list[int]):
    session = Session()
    session.add(Country(code="xx", name="Nowhere"))
    found = []
    for number in numbers:
        codes = session.query(Country.code).all()  # review: hoist-invariant (flushes-alike)
        session.commit()
        found.append((number, len(codes)))
    return found
