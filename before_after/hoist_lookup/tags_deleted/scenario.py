from shop.models import Tag


def wanted(count):
    names = ["extra-%d" % i for i in range(count)]
    return [*names, *names[:1], "unknown"]


def scenario(module, session):
    count = session.query(Tag).count()
    session.add_all(Tag(name="extra-%d" % i) for i in range(count))
    return module.remove(session, wanted(count))


def sizes(session):
    given = wanted(session.query(Tag).count())
    return {"names": len(given), "distinct_names": len(set(given))}


def other(sizes):
    return sizes["distinct_names"]
