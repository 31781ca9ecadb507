"""What is not found is an error only if the caller says so; else each name is asked for again."""

from shop.models import Supplier


def find(session, model, strict: bool, **values):
    found = session.query(model).filter_by(**values).first()
    if found is not None:
        return found
    if strict:
        raise LookupError(values)
    return model(**values)


def cities(session, names: list[str], strict: bool) -> list[str | None]:
    return [find(session, Supplier, strict, name=name).city for name in names]  # review: hoist-lookup (asked-every-time)
