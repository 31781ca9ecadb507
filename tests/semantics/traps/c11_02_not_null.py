"""A key that is NOT NULL, of rows that nothing changes."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 11,
    "title": "order.customer.id in a condition, and again: the key is on the row",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    code = Column(String(10), unique=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"), nullable=False)
    customer = relationship(Customer)


def seed(session):
    session.add_all(Customer(id=i, code="c%d" % i) for i in range(1, 6))
    session.flush()
    session.add_all(Order(id=i, customer_id=i % 5 + 1) for i in range(1, 9))


inputs = [()]


def before(session: Session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        if order.customer.id > 2:
            found.append((order.id, order.customer.id))
    return found


def naive(session: Session):
    return [(order.id, order.id) for order in session.query(Order).order_by(Order.id)]


def correct(session: Session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        if order.customer_id > 2:
            found.append((order.id, order.customer_id))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
