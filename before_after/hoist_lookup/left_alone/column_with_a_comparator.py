"""The column is compared by a comparator of its own, which finds rows that a dict does not."""

from sqlalchemy import Column, Integer, String, func
from sqlalchemy.orm import ColumnProperty, column_property, declarative_base

Base = declarative_base()


class IgnoringCase(ColumnProperty.Comparator):
    def __eq__(self, other):
        return func.lower(self.__clause_element__()) == func.lower(other)


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    email = column_property(Column(String(50), unique=True), comparator_factory=IgnoringCase)


def accounts_of(session, emails: list[str]):
    found = []
    for email in emails:
        account = session.query(Account).filter(Account.email == email).first()  # found: hoist-lookup (keys-equal)
        found.append(account and account.id)
    return found
