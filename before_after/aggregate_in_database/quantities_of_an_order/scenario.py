from shop.models import Order


def scenario(module, session):
    quantities = module.Quantities(session)
    found = [quantities.in_stock(), quantities.of_known_products(), quantities.of_order(3)]
    if session.query(Order).count():
        found += [quantities.add(1, 5), quantities.add(1, 6)]
    return found
