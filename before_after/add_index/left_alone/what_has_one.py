"""Columns that a key, a constraint or an index begins with, wherever that is declared."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"

    id = Column(Integer, primary_key=True)
    email = Column(String(50), unique=True)


class Pet(Base):
    __tablename__ = "pets"
    __table_args__ = (
        UniqueConstraint("chip", "kind"),
        Index("ix_pets_name", text("name DESC")),
    )

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"), index=True)
    chip = Column(String(20))
    kind = Column(String(20))
    name = Column(String(20))
    born = Column(Integer)
    weight = Column(Integer)


class Visit(Base):
    __tablename__ = "visits"

    pet_id = Column(ForeignKey("pets.id"), primary_key=True)
    number = Column(Integer, primary_key=True)
    reason = Column(String(20))


Index("ix_pets_born", Pet.born.desc(), Pet.id)
Index("ix_pets_weight", Pet.__table__.c.weight)


def asked(session, value):
    return [
        session.query(Owner).filter(Owner.email == value).all(),
        session.query(Pet).filter(Pet.chip == value).all(),
        session.query(Pet).filter(Pet.name == value).all(),
        session.query(Pet).filter(Pet.born > value).all(),
        session.query(Pet).filter_by(weight=value).all(),
        session.query(Visit).filter(Visit.pet_id == value).all(),
    ]


def filters_what_a_key_finds(session, value):
    return [
        session.query(Visit).filter(Visit.pet_id == value, Visit.reason == "ill").all(),
        session.query(Pet).join(Owner).filter(Owner.email == value, Pet.kind == "cat").all(),
    ]
