"""An address is one of a customer: what is assigned as the address writes the customer's key, too."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    name = Column(String(100), nullable=False)


class Address(Base):
    __tablename__ = "addresses"

    customer_id = Column(ForeignKey("customers.id"), primary_key=True)
    number = Column(Integer, primary_key=True)
    city = Column(String(50), nullable=False)


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "address_number"], ["addresses.customer_id", "addresses.number"]
        ),
    )

    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer)
    address_number = Column(Integer)

    customer = relationship(
        Customer, primaryjoin="foreign(Order.customer_id) == Customer.id", viewonly=True
    )
    address = relationship(Address)


def send_to(session, address):
    for order in session.query(Order).order_by(Order.id).all():
        order.address = address
        print(order.customer.name)  # review: eager-load (nothing-written)
