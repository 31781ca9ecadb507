"""A relationship that is assigned changes the key at the next flush only."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 11,
    "title": "order.customer = other, then order.customer.id: the key still has the old value",
    "verdict": "review",
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
    other = session.query(Customer).order_by(Customer.id).first()
    found = []
    with session.no_autoflush:
        for order in session.query(Order).order_by(Order.id).all():
            order.customer = other
            found.append(order.customer.id)
    return found


def naive(session: Session):
    other = session.query(Customer).order_by(Customer.id).first()
    found = []
    with session.no_autoflush:
        for order in session.query(Order).order_by(Order.id).all():
            order.customer = other
            found.append(order.customer_id)
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
