"""Invoices in several currencies: the rate of a day is the last one that was fixed before it."""

from decimal import Decimal

from sqlalchemy import Column, Date, Integer, Numeric, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Rate(Base):
    __tablename__ = "rates"

    id = Column(Integer, primary_key=True)
    currency = Column(String(3), nullable=False)
    fixed_on = Column(Date, nullable=False)
    value = Column(Numeric(10, 4), nullable=False)


class Invoice(Base):
    __tablename__ = "invoices"

    id = Column(Integer, primary_key=True)
    currency = Column(String(3))
    issued_on = Column(Date, nullable=False)
    amount = Column(Numeric(10, 2), nullable=False)


def rate_on(session, currency, day):
    found = (
        session.query(Rate.value)
        .filter(Rate.currency == currency, Rate.fixed_on <= day)
        .order_by(Rate.fixed_on.desc(), Rate.id.desc())
        .first()
    )
    return found[0] if found else None


def in_euros(session):
    """The invoices in euros, and the numbers of those that have no rate."""
    amounts, unknown = [], []
    known_rates = {}
    for invoice in session.query(Invoice).order_by(Invoice.id):
        if (invoice.currency, invoice.issued_on) not in known_rates:
            known_rates[(invoice.currency, invoice.issued_on)] = rate_on(
                session, invoice.currency, invoice.issued_on
            )
        # the day of the invoice counts, and not that of the payment
        rate = known_rates[(invoice.currency, invoice.issued_on)]
        if rate is None:
            unknown.append(invoice.id)
            continue
        amounts.append((invoice.id, (invoice.amount / rate).quantize(Decimal("0.01"))))
    return amounts, unknown
