"""The payer is the customer by another name: one is assigned, and the flush writes the key of both."""

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

    customer = relationship(Customer)
    payer = relationship(Customer, overlaps="customer")


def pay(session, payer):
    for order in session.query(Order).order_by(Order.id).all():
        order.payer = payer
        print(order.customer.name)  # found: eager-load (nothing-written)
