"""Logins are compared in lower case, as the database knows it; it says what a row's key is."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import MultipleResultsFound

from shop.models import User


def _one_or_none(rows: list[Any]) -> Any:
    """The only one of these rows, or None if there is none."""
    if len(rows) > 1:
        raise MultipleResultsFound("Multiple rows were found when one or none was required")
    return rows[0] if rows else None


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def user_ids(session, logins: list[str]):
    ids = []
    users: dict[str, list[User]] = {}
    for chunk in _chunks(login.lower() for login in logins):
        for row, key in session.execute(
            select(User, func.lower(User.login)).where(func.lower(User.login).in_(chunk))
        ):
            users.setdefault(key, []).append(row)
    for login in logins:
        user = _one_or_none(users.get(login.lower(), []))
        ids.append(user.id if user is not None else None)
    return ids
