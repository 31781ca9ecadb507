"""Values that the database computes in another way, or that raise in Python."""

from sqlalchemy import BigInteger, Column, Date, Enum, Integer, String, TypeDecorator
from sqlalchemy.orm import declarative_base

from shop.models import OrderStatus

Base = declarative_base()


class Cents(TypeDecorator):
    impl = Integer

    def process_result_value(self, value, dialect):
        return value / 100


class Download(Base):
    __tablename__ = "downloads"

    id = Column(Integer, primary_key=True)
    size = Column(BigInteger, nullable=False)
    seconds = Column(Integer)
    name = Column(String(20), nullable=False)
    status = Column(Enum(OrderStatus), nullable=False)
    price = Column(Cents, nullable=False)
    day = Column(Date, nullable=False)

    @property
    def minutes(self):
        return self.seconds // 60


def raises_for_none(session):
    return sum(d.seconds for d in session.query(Download))  # found: aggregate-in-database (same-value)


def decimal_on_postgresql(session):
    return sum(d.size for d in session.query(Download))  # found: aggregate-in-database (same-value)


def not_a_column(session):
    return sum(d.minutes for d in session.query(Download))  # found: aggregate-in-database (same-value)


def in_cents(session):
    return sum(d.price for d in session.query(Download))  # found: aggregate-in-database (same-value)


def by_collation(session):
    return max(d.name for d in session.query(Download))  # found: aggregate-in-database (same-value)


def by_declaration(session):
    return max(d.status for d in session.query(Download))  # found: aggregate-in-database (same-value)


def or_none(session, today):
    return max((d.day for d in session.query(Download)), default=today)  # found: aggregate-in-database (same-value)


def no_place_to_raise(session):
    return [max(d.day for d in session.query(Download))]  # found: aggregate-in-database (same-value)


def of_text(session, name):
    return any(d.name < name for d in session.query(Download))  # found: aggregate-in-database (same-value)


def computed(session, names):
    return any(d.name in names for d in session.query(Download))  # found: aggregate-in-database (same-value)


def compares_two(session):
    return any(d.size == d.seconds for d in session.query(Download))  # found: aggregate-in-database (same-value)


def of_any_type(session, seconds):
    return any(d.seconds == seconds for d in session.query(Download))  # review: aggregate-in-database (same-value)


def product(session):
    return sum(d.id * 2 for d in session.query(Download))  # review: aggregate-in-database (same-value)


def of_none_or_not(session, seconds: int | None):
    return all(d.seconds == seconds for d in session.query(Download))  # found: aggregate-in-database (same-value)
