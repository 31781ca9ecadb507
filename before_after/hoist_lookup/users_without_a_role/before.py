"""A script lists who has none of the roles: the table between users and roles is asked for each user."""

from shop.models import User, user_roles
from sqlalchemy import select


def without_role(session, logins):
    users = session.execute(select(User).where(User.login.in_(logins)).order_by(User.id))
    return [
        user.login
        for user in users.scalars()
        if session.execute(select(user_roles).where(user_roles.c.user_id == user.id)).first() is None
    ]
