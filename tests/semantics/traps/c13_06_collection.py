"""A condition on a joined collection, of which all is read."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, contains_eager, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 13,
    "title": "join(Customer.orders).filter(…): contains_eager() of a collection holds a part of it",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    active = Column(Boolean, nullable=False, default=True)
    orders = relationship("Order", foreign_keys="Order.customer_id", back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    payer_id = Column(ForeignKey("customer.id"))
    customer = relationship(Customer, foreign_keys=[customer_id], back_populates="orders")
    payer = relationship(Customer, foreign_keys=[payer_id])


def seed(session):
    session.add_all(Customer(id=i, name="c%d" % i, active=i % 2 == 0) for i in range(1, 6))
    session.flush()
    for i in range(1, 9):
        owner = i % 5 + 1 if i != 4 else None
        session.add(Order(id=i, customer_id=owner, payer_id=(i + 2) % 5 + 1))


inputs = [()]


def before(session: Session):
    query = session.query(Customer).join(Customer.orders).filter(Order.id > 3)
    return [(customer.id, len(customer.orders)) for customer in query.order_by(Customer.id)]


def naive(session: Session):
    query = session.query(Customer).options(contains_eager(Customer.orders)).join(Customer.orders)
    query = query.filter(Order.id > 3).order_by(Customer.id)
    return [(customer.id, len(customer.orders)) for customer in query]


def correct(session: Session):
    query = session.query(Customer).options(selectinload(Customer.orders)).join(Customer.orders)
    query = query.filter(Order.id > 3).order_by(Customer.id)
    return [(customer.id, len(customer.orders)) for customer in query]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
