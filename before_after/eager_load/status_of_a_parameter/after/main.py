"""A helper reads a collection of its parameter; the loop is three files away from the model."""

from sqlalchemy.orm import selectinload

from scoring import get_status
from tables import Base, Technique, Test

__all__ = ["Base", "Technique", "Test", "matrix"]


def load_techniques(session):
    return (
        session.query(Technique)
        .options(selectinload(Technique.tests))
        .order_by(Technique.code)
        .all()
    )


def matrix(session):
    cells = []
    for technique in load_techniques(session):
        status = get_status(technique)
        cells.append({"code": technique.code, "status": status})
    return cells
