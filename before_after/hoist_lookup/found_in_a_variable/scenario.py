from shop.models import Customer, Supplier


def scenario(module, session):
    names = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id)]
    keys = [key for (key,) in session.query(Customer.id).order_by(Customer.id)]
    imports = module.Imports(session)
    known = imports.known(dict.fromkeys([*names, "nobody"], 0))
    keys += [*keys[:1], 1_000_000]
    return known, imports.orders_of(keys), imports.busy(keys)


def statements(sizes):
    asked = sizes["names"] + 1 + 2 * (sizes["keys"] + min(sizes["keys"], 1) + 1)
    return 2 + asked, 5


def sizes(session):
    return {"names": session.query(Supplier).count(), "keys": session.query(Customer).count()}
