"""Logins are compared in lower case, as the database knows it; it says what a row's key is."""

from sqlalchemy import func, select

from shop.models import User


def user_ids(session, logins: list[str]):
    ids = []
    for login in logins:
        statement = select(User).where(func.lower(User.login) == login.lower())
        user = session.execute(statement).scalar_one_or_none()
        ids.append(user.id if user is not None else None)
    return ids
