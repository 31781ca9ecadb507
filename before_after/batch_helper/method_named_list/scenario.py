from shop.models import Customer


def scenario(module, session):
    return module.numbers(session)


def sizes(session):
    count = session.query(Customer).count()
    return {"customers": count, "ids": count}
