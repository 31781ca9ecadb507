from shop.models import OrderLine


def scenario(module, session):
    return module.Prices(session, "retail").listed()


def sizes(session):
    keys = {line.product_id for line in session.query(OrderLine)}
    return {"order_lines": session.query(OrderLine).count(), "product_ids": len(keys - {None})}
