"""Doctors, rooms and visits."""

from database import Base, PkModel, reference_col
from sqlalchemy import Column, String
from sqlalchemy.orm import relationship

__all__ = ["Base", "Doctor", "Room", "Visit"]


class Doctor(PkModel):
    __tablename__ = "doctors"

    name = Column(String(40), nullable=False)


class Room(PkModel):
    __tablename__ = "rooms"

    name = Column(String(40), nullable=False)


class Visit(PkModel):
    __tablename__ = "visits"

    room_id = reference_col("rooms")
    doctor_id = reference_col("doctors", nullable=True)
    room = relationship("Room")
    doctor = relationship("Doctor")
