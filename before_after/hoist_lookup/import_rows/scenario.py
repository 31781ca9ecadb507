from shop.models import Supplier


def rows(session):
    found = [
        {"supplier": " %s " % supplier.name}
        for supplier in session.query(Supplier).order_by(Supplier.id)
    ]
    return [{"skip": "yes"}, *found, *found[:3]]


def scenario(module, session):
    return module.suppliers(session, rows(session))


def sizes(session):
    given = rows(session)
    return {"rows": len(given) - 1, "names": len({r["supplier"] for r in given[1:]})}


def other(sizes):
    return 1
