from shop.models import Order, Product


def scenario(module, session):
    keys = [key for (key,) in session.query(Order.id).order_by(Order.id).limit(12)]
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id).limit(12)]
    labels = [module.labels(session, key) for key in [*keys, -1]]
    return labels, [module.beside(session, sku) for sku in [*skus, "none"]]


def sizes(session):
    orders = session.query(Order).order_by(Order.id).limit(12).all()
    products = session.query(Product).order_by(Product.id).limit(12).all()
    return {
        "orders": len(orders),
        "theirs": sum(1 for order in orders if order.customer_id),
        "products": len(products),
        "filed": sum(1 for product in products if product.category_id),
    }


def statements(sizes):
    after = 2 + sizes["orders"] + 1 + sizes["theirs"] + sizes["products"] + 1 + sizes["filed"]
    return after + sizes["orders"] + sizes["products"], after
