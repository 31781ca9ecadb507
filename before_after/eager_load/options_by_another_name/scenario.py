from shop.models import Customer


def scenario(module, session):
    return module.cities(session), module.important(session)


def sizes(session):
    return {"customers": session.query(Customer).filter(Customer.vip.is_(False)).count()}


def other(sizes):
    return 1
