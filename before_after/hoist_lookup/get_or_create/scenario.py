from shop.models import Supplier, Tag


def scenario(module, session):
    names = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id)]
    tags = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return (
        module.suppliers(session, [*names, "made", *names[:1], "made"] if names else []),
        module.tags(session, [*tags, "new", "new", *tags[:2]] if tags else []),
    )


def sizes(session):
    return {"names": session.query(Supplier).count(), "tags": session.query(Tag).count()}


def statements(sizes):
    names, tags = sizes["names"], sizes["tags"]
    missing = 2 * bool(names) + 2 * bool(tags)
    asked = names + bool(names) + tags + min(tags, 2)
    return 2 + asked + missing, 2 + bool(names) + bool(tags) + missing
