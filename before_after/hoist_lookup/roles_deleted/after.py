"""Each role that is found is deleted; a second lookup of its name finds none."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from sqlalchemy.orm import Session

from shop.models import Role


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def remove(session: Session, names: List[str]) -> int:
    removed = 0
    roles: dict[str, Role] = {}
    for chunk in _chunks(names):
        for row in session.query(Role).filter(Role.name.in_(chunk)):
            roles[row.name] = row
    for name in names:
        role = roles.get(name)
        if role:
            session.delete(role)
            del roles[name]
            removed += 1
    return removed
