"""There is no statement before which the query could go."""

from shop.models import Order


def described(session, names: list, wanted):
    if not names:
        return ""
    elif any(session.query(Order).count() > len(name) for name in names):  # found: hoist-invariant (writable)
        return "more"
    return [session.query(Order).count() for name in names] if wanted else []  # found: hoist-invariant (writable)
