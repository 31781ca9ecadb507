"""A key of no row, which SQLite takes."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 11,
    "title": "order.customer.id raises where the customer is gone, and order.customer_id does not",
    "verdict": "care",
    "differs": "result",
    "requires": {"backend": "sqlite"},
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
    session.add_all(Order(id=i, customer_id=i % 6 + 1) for i in range(1, 9))


inputs = [()]


def before(session: Session):
    return [order.customer.id for order in session.query(Order).order_by(Order.id)]


def naive(session: Session):
    return [order.customer_id for order in session.query(Order).order_by(Order.id)]


def correct(session: Session):
    orders = session.query(Order).options(selectinload(Order.customer)).order_by(Order.id)
    return [order.customer.id for order in orders]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
