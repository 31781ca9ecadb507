"""A collection that a model joins to every query, in the way of annotated models."""

from typing import List

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Patient(Base):
    __tablename__ = "patients"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    notes: Mapped[List["Note"]] = relationship(lazy="joined", order_by="Note.id")


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    text: Mapped[str] = mapped_column(String(200))


def names(session: Session) -> list[str]:
    patients = session.scalars(select(Patient).order_by(Patient.id)).unique()
    return [patient.name for patient in patients]


def file_of(session: Session, name: str) -> list[str]:
    query = select(Patient).where(Patient.name == name)
    found = []
    for patient in session.scalars(query).unique():
        found += [note.text for note in patient.notes]
    return found
