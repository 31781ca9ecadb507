from shop.models import Customer


def scenario(module, session):
    return module.Mailing.of(session).last_orders()


def sizes(session):
    count = session.query(Customer).count()
    return {"customers": count, "ids": count}
