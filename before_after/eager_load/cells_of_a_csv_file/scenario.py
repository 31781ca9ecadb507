import io

from shop.models import Order


def scenario(module, session):
    orders, lines = io.StringIO(), io.StringIO()
    module.write_orders(session, orders)
    module.write_lines(session, lines)
    return orders.getvalue(), sorted(lines.getvalue().splitlines())


def sizes(session):
    keys = {key for (key,) in session.query(Order.customer_id) if key is not None}
    return {"customers": len(keys), "orders": session.query(Order).count()}
