from shop.models import Customer, Order


def scenario(module, session):
    return module.index(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None)).distinct()
    countries = session.query(Customer.country_code).join(Order, Order.customer_id == Customer.id)
    countries = countries.filter(Customer.country_code.isnot(None)).distinct()
    return {"customers": keys.count(), "countries": countries.count()}
