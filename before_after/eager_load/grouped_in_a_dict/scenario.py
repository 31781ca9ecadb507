from shop.models import Payment


def scenario(module, session):
    return module.by_method(session)


def sizes(session):
    return {"orders": session.query(Payment.order_id).distinct().count()}
