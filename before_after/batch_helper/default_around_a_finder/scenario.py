from shop.models import Order, Product


def scenario(module, session):
    return module.labels(session), module.quantities(session), module.lone(session)


def sizes(session):
    return {"products": session.query(Product).count(), "orders": session.query(Order).count()}


def statements(sizes):
    # with the scenario's own query
    fetched = bool(sizes["products"]) + bool(sizes["orders"])
    return 3 + sizes["products"] + sizes["orders"], 3 + fetched
