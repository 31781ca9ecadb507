"""A school's tables; the models ask for their own rows."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Room(Base):
    __tablename__ = "rooms"

    id = Column(Integer, primary_key=True)
    seats = Column(Integer, nullable=False)


class Course(Base):
    __tablename__ = "courses"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    open = Column(Boolean, nullable=False)
    room_id = Column(ForeignKey("rooms.id"), nullable=False)
    room = relationship(Room)

    @classmethod
    def find_open(cls, session):
        # those that one can still enrol for
        statement = select(cls).where(cls.open).order_by(cls.id)
        return session.execute(statement).scalars().all()
