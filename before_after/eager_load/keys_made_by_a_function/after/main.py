"""A list of visits, whose keys are declared by a function of the project."""

from sqlalchemy.orm import selectinload

from clinic import Base, Doctor, Room, Visit

__all__ = ["Base", "Doctor", "Room", "Visit", "listing"]


def listing(session):
    return [
        f"{visit.room.name}: {visit.doctor.name if visit.doctor else 'nobody'}"
        for visit in session.query(Visit)
        .options(selectinload(Visit.room), selectinload(Visit.doctor))
        .order_by(Visit.id)
    ]
