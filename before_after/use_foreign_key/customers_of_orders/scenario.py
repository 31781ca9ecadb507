from shop.models import Order, OrderStatus


def scenario(module, session):
    return module.customer_ids(session)


def sizes(session):
    paid = session.query(Order).filter(Order.status == OrderStatus.PAID)
    return {"customers": len({order.customer_id for order in paid} - {None})}
