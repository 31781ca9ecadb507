from shop.models import Payment


def scenario(module, session):
    return module.described(session)


def sizes(session):
    orders = {payment.order_id for payment in session.query(Payment)}
    return {"orders": len(orders)}
