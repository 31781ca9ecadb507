"""A condition that goes over an iterator."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 2,
    "title": "an iterator in in_() is used up by the first query, wherever that stands",
    "verdict": "review",
    "differs": "result",
}

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"), nullable=False)
    state = Column(String(10), nullable=False)


def seed(session):
    session.add_all([Customer(id=i) for i in (1, 2, 3)])
    session.flush()
    session.add_all(Order(id=i, customer_id=i % 3 + 1, state="new") for i in range(1, 7))


inputs = [(["new", " paid"],), ([],)]


def before(session: Session, names: list[str]):
    states = (name.strip() for name in names)
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(
            Order.customer_id == customer.id, Order.state.in_(states)
        )
        found.append([order.id for order in orders.order_by(Order.id).all()])
    return found


def naive(session: Session, names: list[str]):
    states = (name.strip() for name in names)
    customers = session.query(Customer).order_by(Customer.id).all()
    groups: dict = {}
    orders = session.query(Order).filter(
        Order.customer_id.in_([customer.id for customer in customers]), Order.state.in_(states)
    )
    for order in orders.order_by(Order.id):
        groups.setdefault(order.customer_id, []).append(order.id)
    return [groups.get(customer.id, []) for customer in customers]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
