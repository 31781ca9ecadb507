"""A row without a related one raises, its key is None."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 11,
    "title": "order.customer.id of an order without customer: AttributeError, and None by the key",
    "verdict": "care",
    "differs": "exception",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    code = Column(String(10), unique=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    customer = relationship(Customer)


def seed(session):
    session.add_all(Customer(id=i, code="c%d" % i) for i in range(1, 6))
    session.flush()
    session.add_all(Order(id=i, customer_id=i % 5 + 1) for i in range(1, 9))
    session.add(Order(id=9))


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
