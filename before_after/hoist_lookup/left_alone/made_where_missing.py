"""What is not found is asked for again by the function that makes it: where every name is new, the
fetch is one statement more."""

from shop.models import Supplier


def get_or_create(session, model, **values):
    found = session.query(model).filter_by(**values).first()
    if found is not None:
        return found
    found = model(**values)
    session.add(found)
    session.flush()
    return found


def cities(session, names: list[str]) -> list[str | None]:
    return [get_or_create(session, Supplier, name=name).city for name in names]  # review: hoist-lookup (asked-every-time)
