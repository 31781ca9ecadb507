from shop.models import Customer


def scenario(module, session):
    return module.pairs(session, session.query(Customer).count())


def sizes(session):
    return {"numbers": session.query(Customer).count()}


def statements(sizes):
    return 1 + sizes["numbers"], 1 + bool(sizes["numbers"])
