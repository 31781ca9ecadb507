"""A joined collection and a LIMIT: the query goes into a subquery, and its join with it."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, contains_eager, declarative_base, joinedload, relationship, selectinload

TRAP = {
    "codemod": 13,
    "title": "LIMIT, joinedload of a collection and a join: the row of the join",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    active = Column(Boolean, nullable=False, default=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    payer_id = Column(ForeignKey("customer.id"))
    customer = relationship(Customer, foreign_keys=[customer_id])
    payer = relationship(Customer, foreign_keys=[payer_id])
    lines = relationship("Line")


class Line(Base):
    __tablename__ = "line"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"))


def seed(session):
    session.add_all(Customer(id=i, name="c%d" % i, active=i % 2 == 0) for i in range(1, 6))
    session.flush()
    for i in range(1, 9):
        owner = i % 5 + 1 if i != 4 else None
        session.add(Order(id=i, customer_id=owner, payer_id=(i + 2) % 5 + 1))
        session.flush()
        session.add_all(Line(order_id=i) for _ in range(i % 3 + 1))


inputs = [()]


def before(session: Session):
    query = session.query(Order).options(joinedload(Order.lines)).join(Order.customer)
    query = query.filter(Customer.name != "c3").order_by(Order.id).limit(3)
    return [(order.id, order.customer.name, len(order.lines)) for order in query]


def naive(session: Session):
    query = session.query(Order).join(Order.lines).options(contains_eager(Order.lines))
    query = query.join(Order.customer).options(contains_eager(Order.customer))
    query = query.filter(Customer.name != "c3").order_by(Order.id).limit(3)
    return [(order.id, order.customer.name, len(order.lines)) for order in query]


def correct(session: Session):
    query = session.query(Order).options(joinedload(Order.lines), selectinload(Order.customer))
    query = query.join(Order.customer).filter(Customer.name != "c3").order_by(Order.id).limit(3)
    return [(order.id, order.customer.name, len(order.lines)) for order in query]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
