"""A key that is deferred is loaded row by row, as the row was."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, deferred, relationship

TRAP = {
    "codemod": 11,
    "title": "order.customer.id where customer_id is deferred: nothing is saved, and each row asks for its key",
    "verdict": "review",
    "differs": "statements",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    code = Column(String(10), unique=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = deferred(Column(ForeignKey("customer.id"), nullable=False))
    customer = relationship(Customer)


def seed(session):
    session.add_all(Customer(id=i, code="c%d" % i) for i in range(1, 6))
    session.flush()
    session.add_all(Order(id=i, customer_id=i % 5 + 1) for i in range(1, 9))


inputs = [()]


def before(session: Session):
    customers = session.query(Customer).all()
    return len(customers), [order.customer.id for order in session.query(Order).order_by(Order.id)]


def naive(session: Session):
    customers = session.query(Customer).all()
    return len(customers), [order.customer_id for order in session.query(Order).order_by(Order.id)]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
