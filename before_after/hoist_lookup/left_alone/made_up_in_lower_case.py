"""What is compared is computed by the database, which nobody can do for the new user here."""

from sqlalchemy import func

from shop.models import User


def register(session, logins: list[str]):
    for login in logins:
        name = login.lower()
        user = (
            session.query(User)  # found: hoist-lookup (table-not-written)
            .filter(func.lower(User.login) == name)
            .one_or_none()
        )
        if user is None:
            user = User(login=name)
            session.add(user)


def listed(session, days: list[str]):
    return [
        session.query(User)  # found: hoist-lookup (keys-known-before)
        .filter(func.substr(User.login, 1, 2) == day.lower())
        .count()
        for day in days
    ]
