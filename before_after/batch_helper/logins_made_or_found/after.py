"""A user is made where nobody has the login yet; the function leaves early where somebody has."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional, Sequence, Tuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import User


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Directory:
    def __init__(self, session: Session) -> None:
        self.session = session

    def users_by_login(self, logins: Iterable[str]) -> dict[str, User]:
        """Fetch what get_or_create() looks up for all of these logins."""
        users: dict[str, User] = {}
        for chunk in _chunks(logins):
            for user in self.session.execute(select(User).where(User.login.in_(chunk))).scalars():
                users[user.login] = user
        return users

    def get_or_create(
        self, login: str, *, users: Optional[dict[str, User]] = None
    ) -> Tuple[User, bool]:
        """The user of this login, and whether it is a new one."""
        if users is None:
            users = self.users_by_login([login])
        user = users.get(login)
        if user is not None:
            return user, False
        user = User(login=login)
        self.session.add(user)
        users[login] = user
        self.session.flush()
        return user, True


def invited(session: Session, logins: Sequence[str]) -> Tuple[int, int]:
    directory = Directory(session)
    made = found = 0
    users = directory.users_by_login(logins)
    for login in logins:
        user, created = directory.get_or_create(login, users=users)
        if created:
            made += user.id > 0
        else:
            found += 1
    return made, found
