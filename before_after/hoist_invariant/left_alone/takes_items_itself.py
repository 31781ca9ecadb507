"""Each header is followed by a line that the loop takes itself, which no list would give."""

from shop.models import Country


def parsed(session, lines):
    found = []
    for header in lines:
        known = session.query(Country.code).all()  # found: hoist-invariant (items-repeatable)
        found.append((header, next(lines), len(known)))
    return found
