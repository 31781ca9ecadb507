from shop.models import Customer, Order


def scenario(module, session):
    return module.OrderService(session).lines_of_mail()


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None)).distinct()
    return {"customers": keys.count(), "orders": session.query(Order).count()}
