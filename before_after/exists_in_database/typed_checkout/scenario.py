from sqlalchemy import select

MODELS = "shop_typed"


def scenario(module, session):
    customers = session.scalars(select(module.Customer).order_by(module.Customer.id)).all()
    return [module.can_order(session, customer) for customer in customers], module.has_buyers(session)


def sizes(session):
    from shop_typed.models import Customer

    return {"customers": session.query(Customer).count()}


def statements(sizes):
    return sizes["customers"] + 2, sizes["customers"] + 2
