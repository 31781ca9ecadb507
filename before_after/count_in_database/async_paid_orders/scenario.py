from shop.models import Order, OrderStatus


async def scenario(module, session):
    return await module.paid_orders(session, 2)


def sizes(session):
    paid = session.query(Order).filter_by(status=OrderStatus.PAID)
    return {"orders": paid.filter(Order.customer_id >= 2).count()}


def statements(sizes):
    # the lines of the orders are not fetched any more either
    return (2 if sizes["orders"] else 1), 1
