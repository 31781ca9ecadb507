from shop.models import Tag


def wanted(session):
    known = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return [*known, "new", *known[:2], "newer", "new"]


def scenario(module, session):
    statistics = module.Statistics(session)
    counted = statistics.record(wanted(session))
    statistics.record_one("new")
    return counted, session.query(Tag.name, Tag.uses).order_by(Tag.id).all()


def sizes(session):
    different = len(set(wanted(session)))
    return {"names": different, "distinct_names": different}


def other(sizes):
    return 3
