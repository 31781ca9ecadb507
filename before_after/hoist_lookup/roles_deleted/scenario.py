from shop.models import Role


def wanted(count):
    names = ["extra-%d" % i for i in range(count)]
    return [*names, *names[:1], "unknown"]


def scenario(module, session):
    count = session.query(Role).count()
    session.add_all(Role(name="extra-%d" % i) for i in range(count))
    return module.remove(session, wanted(count))


def sizes(session):
    given = wanted(session.query(Role).count())
    return {"names": len(given), "distinct_names": len(set(given))}


def other(sizes):
    return 1
