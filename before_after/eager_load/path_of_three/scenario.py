from shop.models import Customer, Order, OrderLine


def scenario(module, session):
    return module.countries(session, 1, 60)


def sizes(session):
    lines = session.query(OrderLine).filter(OrderLine.id.between(1, 60))
    orders = {line.order_id for line in lines}
    found = session.query(Order).filter(Order.id.in_(orders))
    customers = {order.customer_id for order in found} - {None}
    found = session.query(Customer).filter(Customer.id.in_(customers))
    countries = {customer.country_code for customer in found} - {None}
    return {"orders": len(orders), "customers": len(customers), "countries": len(countries)}
