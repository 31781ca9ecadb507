"""The models take their columns by name, `order["customer_id"] = 5`, and the name is not known."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    name = Column(String(100), nullable=False)


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"))
    note = Column(String(100))

    customer = relationship(Customer)

    def __setitem__(self, name, value):
        setattr(self, name, value)


def patch(session, changes: dict[int, dict]):
    with session.no_autoflush:
        for order in session.query(Order).order_by(Order.id).all():
            for name, value in changes.get(order.id, {}).items():
                order[name] = value
            print(order.customer.name)  # review: eager-load (nothing-written)
