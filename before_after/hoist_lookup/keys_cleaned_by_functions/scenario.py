from shop.models import Supplier, Tag


def scenario(module, session):
    names = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id)]
    tags = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    written = [f"  {name.replace(' ', '   ')} " for name in names]
    return (
        module.supplier_ids(session, [*written, *names, "nobody"] if names else []),
        module.Tags(session).uses([f"# {name}" for name in tags]),
        module.Tags(session).known(["", *(name.upper() for name in tags)] if tags else []),
    )


def sizes(session):
    suppliers, tags = session.query(Supplier).count(), session.query(Tag).count()
    return {
        "shops": 2 * suppliers + bool(suppliers),
        "hashtags": tags,
        "keys": tags,
        "names": max(suppliers, tags) + bool(suppliers),
        "words": tags + bool(tags),
    }
