"""The join has a condition of its own, and finds no customer where the order has one."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, and_
from sqlalchemy.orm import Session, contains_eager, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 13,
    "title": "outerjoin(Customer, and_(…, Customer.active)): contains_eager takes the others for missing",
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


def seed(session):
    session.add_all(Customer(id=i, name="c%d" % i, active=i % 2 == 0) for i in range(1, 6))
    session.flush()
    for i in range(1, 9):
        owner = i % 5 + 1 if i != 4 else None
        session.add(Order(id=i, customer_id=owner, payer_id=(i + 2) % 5 + 1))


inputs = [()]


def before(session: Session):
    wanted = and_(Order.customer_id == Customer.id, Customer.active)
    query = session.query(Order).outerjoin(Customer, wanted).order_by(Order.id)
    return [(order.id, order.customer.name if order.customer else None) for order in query]


def naive(session: Session):
    wanted = and_(Order.customer_id == Customer.id, Customer.active)
    query = session.query(Order).options(contains_eager(Order.customer))
    query = query.outerjoin(Customer, wanted).order_by(Order.id)
    return [(order.id, order.customer.name if order.customer else None) for order in query]


def correct(session: Session):
    wanted = and_(Order.customer_id == Customer.id, Customer.active)
    query = session.query(Order).options(selectinload(Order.customer))
    query = query.outerjoin(Customer, wanted).order_by(Order.id)
    return [(order.id, order.customer.name if order.customer else None) for order in query]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
