from shop.models import Tag


def wanted(session):
    known = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return [*known, "made once", "made twice", "made twice", *known[:1]]


def scenario(module, session):
    names = wanted(session)
    keys = module.tag_keys(session, names)
    alone = module.get_or_create_tag(session, "alone").name
    return keys, alone, session.query(Tag.name, Tag.uses).order_by(Tag.id).all()


def sizes(session):
    return {"names": len(wanted(session)), "distinct_names": len(set(wanted(session)))}


def other(sizes):
    return 3
