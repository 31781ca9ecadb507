"""The join finds who pays, and the customer is read."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Person(Base):
    __tablename__ = "persons"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Bill(Base):
    __tablename__ = "bills"

    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("persons.id"))
    payer_id = Column(ForeignKey("persons.id"))

    customer = relationship(Person, foreign_keys=[customer_id])
    payer = relationship(Person, foreign_keys=[payer_id])


def names(session):
    query = session.query(Bill).join(Bill.payer).filter(Person.name != "")
    return [bill.customer.name for bill in query.all()]
