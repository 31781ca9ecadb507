from shop.models import Tag


def wanted(session):
    known = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return [*known, "first", "first", *known[:1], "second"]


def scenario(module, session):
    added = module.add_all(session, wanted(session))
    return added, session.query(Tag.name, Tag.uses).order_by(Tag.id).all()


def sizes(session):
    return {"names": len(wanted(session)), "distinct_names": len(set(wanted(session)))}


def other(sizes):
    return 2
