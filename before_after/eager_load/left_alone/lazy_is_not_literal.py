"""How the relationship is loaded is decided elsewhere, or isn't by a query per row."""

import os

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Room(Base):
    __tablename__ = "rooms"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Booking(Base):
    __tablename__ = "bookings"
    id = Column(Integer, primary_key=True)
    room_id = Column(ForeignKey("rooms.id"), nullable=False)
    guest_id = Column(ForeignKey("guests.id"), nullable=False)
    room = relationship(Room, lazy=os.environ.get("LAZY", "select"))


class Guest(Base):
    __tablename__ = "guests"
    id = Column(Integer, primary_key=True)
    bookings = relationship(Booking, order_by=Booking.id, lazy="dynamic")
    rooms = relationship(Room, secondary="bookings", lazy="joined", viewonly=True)
    unpaid = relationship(Booking, lazy="noload", viewonly=True)
    late = relationship(Booking, lazy="raise", viewonly=True)


def rooms(session):
    bookings = session.query(Booking).all()
    return [booking.room.name for booking in bookings]  # review: eager-load (loads-lazily)


def others(session):
    guests = session.query(Guest).all()
    return [(guest.bookings, guest.rooms, guest.unpaid, guest.late) for guest in guests]
