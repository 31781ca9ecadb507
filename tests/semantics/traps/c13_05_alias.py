"""The customer is joined under another name."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, aliased, contains_eager, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 13,
    "title": "join(Order.customer.of_type(alias)): contains_eager(Order.customer) reads another table",
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
    owner = aliased(Customer)
    query = session.query(Order).join(owner, Order.customer).filter(owner.active)
    return [(order.id, order.customer.name) for order in query.order_by(Order.id)]


def naive(session: Session):
    owner = aliased(Customer)
    query = session.query(Order).options(contains_eager(Order.customer)).join(owner, Order.customer)
    query = query.filter(owner.active).order_by(Order.id, Customer.id.desc())
    return [(order.id, order.customer.name) for order in query]


def correct(session: Session):
    owner = aliased(Customer)
    query = session.query(Order).options(selectinload(Order.customer)).join(owner, Order.customer)
    return [(order.id, order.customer.name) for order in query.filter(owner.active).order_by(Order.id)]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
