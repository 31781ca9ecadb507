"""A script lists who has none of the roles: the table between users and roles is asked for each user."""

from shop.models import User, user_roles
from sqlalchemy import select


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def without_role(session, logins):
    users = session.execute(select(User).where(User.login.in_(logins)).order_by(User.id))
    users_list = list(users.scalars())
    known_user_ids = set()
    for user_ids in _chunks(user.id for user in users_list):
        known_user_ids.update(
            session.execute(
                select(user_roles.c.user_id).where(user_roles.c.user_id.in_(user_ids)).distinct()
            ).scalars()
        )
    return [
        user.login
        for user in users_list
        if user.id not in known_user_ids
    ]
