from shop.models import Supplier


def names(session):
    found = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id.desc())]
    return [*found[:3], "new one", *found, "new one", "another"]


def scenario(module, session):
    return module.suppliers_of(session, names(session))


def sizes(session):
    return {"names": len(names(session))}


def statements(sizes):
    return 1 + sizes["names"], 2
