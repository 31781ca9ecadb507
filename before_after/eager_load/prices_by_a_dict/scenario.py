from shop.models import OrderLine, Product


def scenario(module, session):
    return module.totals(session, "listed")


def sizes(session):
    used = session.query(OrderLine.product_id).filter(OrderLine.product_id.isnot(None))
    return {
        "order_lines": session.query(OrderLine).count(),
        "products": session.query(Product).filter(Product.id.in_(used)).count(),
    }
