from shop.models import Order, OrderLine

RULES = ("eager-load", "hoist-lookup")


def scenario(module, session):
    return module.labels(session, 1)


def sizes(session):
    lines = session.query(OrderLine).filter(OrderLine.product_id != 1)
    orders = {line.order_id for line in lines}
    buyers = session.query(Order.customer_id).filter(Order.id.in_(orders))
    buyers = buyers.filter(Order.customer_id.isnot(None)).distinct().count()
    return {"order_lines": lines.count(), "orders": len(orders), "customer_ids": buyers}
