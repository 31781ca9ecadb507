from shop.models import Order, OrderLine


def scenario(module, session):
    return module.page(session)


def sizes(session):
    customers = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    products = session.query(OrderLine.product_id).filter(OrderLine.product_id.isnot(None))
    return {
        "orders": session.query(Order).count(),
        "customers": customers.distinct().count(),
        "products": products.distinct().count(),
    }
