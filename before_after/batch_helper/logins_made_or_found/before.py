"""A user is made where nobody has the login yet; the function leaves early where somebody has."""

from typing import Sequence, Tuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import User


class Directory:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get_or_create(self, login: str) -> Tuple[User, bool]:
        """The user of this login, and whether it is a new one."""
        user = self.session.execute(select(User).where(User.login == login)).scalar_one_or_none()
        if user is not None:
            return user, False
        user = User(login=login)
        self.session.add(user)
        self.session.flush()
        return user, True


def invited(session: Session, logins: Sequence[str]) -> Tuple[int, int]:
    directory = Directory(session)
    made = found = 0
    for login in logins:
        user, created = directory.get_or_create(login)
        if created:
            made += user.id > 0
        else:
            found += 1
    return made, found
