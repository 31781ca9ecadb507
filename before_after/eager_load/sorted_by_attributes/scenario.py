from shop.models import Address, OrderLine


def scenario(module, session):
    return module.cities(session), module.quantities(session)


def sizes(session):
    customers = {customer for (customer,) in session.query(Address.customer_id)}
    orders = {order for (order,) in session.query(OrderLine.order_id)}
    return {"customers": len(customers), "orders": len(orders)}
