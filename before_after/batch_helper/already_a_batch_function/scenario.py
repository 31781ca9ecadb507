from shop.models import Customer, Order


def wanted(session):
    return [key for (key,) in session.query(Customer.id).order_by(Customer.id).limit(5)]


def scenario(module, session):
    customers = module.of_customers(session, wanted(session))
    return module.newest(session), module.every(session, 2), customers


def sizes(session):
    chosen = session.query(Order).filter(Order.customer_id.in_(wanted(session)))
    return {"orders": session.query(Order).count(), "chosen": chosen.count()}


def statements(sizes):
    orders, chosen = sizes["orders"], sizes["chosen"]
    newest = 2 if orders else 0
    return 4 + newest + 2 * orders + 2 * chosen, 4 + newest + 2 * bool(orders) + 2 * bool(chosen)
