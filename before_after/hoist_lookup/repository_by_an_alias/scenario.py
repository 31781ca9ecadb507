from shop.models import Order, Product


def scenario(module, session):
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    numbers = [number for (number,) in session.query(Order.number).order_by(Order.id)]
    return module.stock(module.Products(session), skus), module.placed(session, numbers)


def sizes(session):
    skus, numbers = session.query(Product).count(), session.query(Order).count()
    return {"skus": skus, "distinct_skus": skus, "numbers": numbers, "distinct_numbers": numbers}


def other(sizes):
    return 2
