"""What the loop changes inside of a JSON column is still there where another item finds the row."""

from sqlalchemy import JSON, Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)

    notes = relationship("Note", lazy="dynamic", order_by="Note.id")


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    account_id = Column(ForeignKey("accounts.id"), nullable=False)
    rank = Column(Integer, nullable=False)
    data = Column(JSON, nullable=False)


def marked(session):
    found = []
    for account in session.query(Account).order_by(Account.id).all():
        for note in account.notes.filter_by(rank=1).all():  # review: dynamic-in-loop (value-not-shared)
            note.data["account"] = account.id
            found.append(note.data)
    return found
