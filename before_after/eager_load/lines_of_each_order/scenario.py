from shop.models import Order, OrderLine, OrderStatus


def scenario(module, session):
    return module.invoice(session, OrderStatus.PAID)


def sizes(session):
    paid = session.query(Order.id).filter(Order.status == OrderStatus.PAID)
    lines = session.query(OrderLine).filter(OrderLine.order_id.in_([id for id, in paid]))
    products = {line.product_id for line in lines} - {None}
    return {"orders": paid.count(), "lines": lines.count(), "products": len(products)}
