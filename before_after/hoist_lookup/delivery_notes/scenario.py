from shop.models import Order


def scenario(module, session):
    return module.delivery_notes(session), module.first_placed(session)


def sizes(session):
    return {"orders": session.query(Order).count()}


def statements(sizes):
    some = sizes["orders"] > 0
    return 2 + 2 * sizes["orders"], 2 + 2 * some
