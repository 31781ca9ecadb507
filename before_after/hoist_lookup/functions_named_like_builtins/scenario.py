def scenario(module, session):
    return module.orders_of(session, tuple(customer.id for customer in module.list(session)))


def sizes(session):
    from shop.models import Customer

    count = session.query(Customer).count()
    return {"customer_ids": count, "distinct_customer_ids": count}


def other(sizes):
    return 3
