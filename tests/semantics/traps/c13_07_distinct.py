"""SELECT DISTINCT over the columns that contains_eager adds."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, contains_eager, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 13,
    "title": "PostgreSQL: DISTINCT and contains_eager of a table with a JSON column: no equality operator",
    "verdict": "care",
    "differs": "exception",
    "requires": {"backend": "postgresql"},
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    active = Column(Boolean, nullable=False, default=True)
    config = Column(JSON)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    payer_id = Column(ForeignKey("customer.id"))
    customer = relationship(Customer, foreign_keys=[customer_id])
    payer = relationship(Customer, foreign_keys=[payer_id])


def seed(session):
    session.add_all(Customer(id=i, name="c%d" % i, active=i % 2 == 0) for i in range(1, 6))
    session.flush()
    for i in range(1, 9):
        owner = i % 5 + 1 if i != 4 else None
        session.add(Order(id=i, customer_id=owner, payer_id=(i + 2) % 5 + 1))


inputs = [()]


def before(session: Session):
    query = session.query(Order).join(Order.customer).distinct().order_by(Order.id)
    return [(order.id, order.customer.name) for order in query]


def naive(session: Session):
    query = session.query(Order).options(contains_eager(Order.customer)).join(Order.customer)
    return [(order.id, order.customer.name) for order in query.distinct().order_by(Order.id)]


def correct(session: Session):
    query = session.query(Order).options(selectinload(Order.customer)).join(Order.customer)
    return [(order.id, order.customer.name) for order in query.distinct().order_by(Order.id)]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
