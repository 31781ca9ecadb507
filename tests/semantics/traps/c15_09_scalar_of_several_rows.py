"""scalar() of a query that finds two rows raises; a subquery is the database's business."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "scalars of two tables as subqueries: several rows are MultipleResultsFound, or the first",
    "verdict": "refuse",
    "differs": "exception",
}

Base = declarative_base()


class Address(Base):
    __tablename__ = "address"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, nullable=False)
    city = Column(String(20))


class Phone(Base):
    __tablename__ = "phone"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, nullable=False)
    number = Column(String(20))


def seed(session):
    session.add_all(Address(id=i, customer_id=i // 2, city="c%d" % i) for i in range(1, 4))
    session.add_all(Phone(id=i, customer_id=i, number="p%d" % i) for i in range(1, 4))


inputs = [(1,), (3,)]


def before(session: Session, customer_id: int):
    city = session.query(Address.city).filter(Address.customer_id == customer_id).scalar()
    phone = session.query(Phone.number).filter(Phone.customer_id == customer_id).scalar()
    return city, phone


def naive(session: Session, customer_id: int):
    city, phone = session.query(
        session.query(Address.city)
        .filter(Address.customer_id == customer_id)
        .limit(1)
        .scalar_subquery(),
        session.query(Phone.number).filter(Phone.customer_id == customer_id).scalar_subquery(),
    ).one()
    return city, phone


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
