"""The two columns have types of their own."""

from sqlalchemy import Column, ForeignKey, Integer, String, TypeDecorator
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 11,
    "title": "order.customer.id goes through a type that order.customer_id does not have",
    "verdict": "review",
    "differs": "result",
}

Base = declarative_base()


class Number(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_result_value(self, value, dialect):
        return None if value is None else "N%d" % value

    def process_bind_param(self, value, dialect):
        return int(str(value).lstrip("N")) if value is not None else None


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Number, primary_key=True)
    code = Column(String(10), unique=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"), nullable=False)
    customer = relationship(Customer)


def seed(session):
    session.add_all(Customer(id=i, code="c%d" % i) for i in range(1, 6))
    session.flush()
    session.add_all(Order(id=i, customer_id=i % 5 + 1) for i in range(1, 9))


inputs = [()]


def before(session: Session):
    return [order.customer.id for order in session.query(Order).order_by(Order.id)]


def naive(session: Session):
    return [order.customer_id for order in session.query(Order).order_by(Order.id)]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
