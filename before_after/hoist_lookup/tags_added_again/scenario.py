from shop.models import Tag


def wanted(session):
    found = [tag.name for tag in session.query(Tag).order_by(Tag.id)]
    return [*found, *("new-%d" % (i // 2) for i in range(len(found))), *found[:1]]


def scenario(module, session):
    return module.count_uses(session, wanted(session))


def sizes(session):
    given = wanted(session)
    return {"names": len(given), "distinct_names": len(set(given))}


def other(sizes):
    return 1
