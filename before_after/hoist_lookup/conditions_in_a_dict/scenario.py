from shop.models import Customer


def scenario(module, session):
    return module.new_orders(session)


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    return 2 + 2 * sizes["customers"], 2 + 2 * (sizes["customers"] > 0)
