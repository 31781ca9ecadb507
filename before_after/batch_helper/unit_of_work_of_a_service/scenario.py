from shop.models import Customer


def scenario(module, session):
    with module.UnitOfWork(lambda: session) as work:
        return module.Statistics(work).orders_by_customer()


def sizes(session):
    count = session.query(Customer).count()
    return {"customers": count, "ids": count, "customer_ids": count}
