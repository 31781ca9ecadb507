from shop.models import Customer


def scenario(module, session):
    found = module.customers(session)
    return module.Labels.cities(session, found[0]) if found else None, module.labels(session)


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    customers = sizes["customers"]
    other = 2 + bool(customers)
    return other + 2 * customers, other + 2 * bool(customers)
