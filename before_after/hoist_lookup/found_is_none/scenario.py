from shop.models import Order, Product


def scenario(module, session):
    return module.not_paid(session), module.unsold(session)


def sizes(session):
    orders, products = session.query(Order).count(), session.query(Product).count()
    return {"orders": orders, "order_ids": orders, "products": products, "ids": products}
