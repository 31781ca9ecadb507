"""Each role that is found is deleted; a second lookup of its name finds none."""

from typing import List

from sqlalchemy.orm import Session

from shop.models import Role


def remove(session: Session, names: List[str]) -> int:
    removed = 0
    for name in names:
        role = session.query(Role).filter(Role.name == name).one_or_none()
        if role:
            session.delete(role)
            removed += 1
    return removed
