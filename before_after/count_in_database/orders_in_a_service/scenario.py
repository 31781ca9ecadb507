from shop.models import Order


def scenario(module, session):
    service = module.OrderService(session)
    found = [service.open_orders(), service.first_page(7)]
    if session.query(Order).count():
        found += [service.lines(1), service.lines(1)]
    return found
