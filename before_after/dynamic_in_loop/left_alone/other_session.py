"""Nothing says which session the users are in."""

from shop.models import User


def counts(users: list[User]):
    return [user.entries.count() for user in users]  # found: dynamic-in-loop (writable)
