from shop.models import Order, Product


def scenario(module, session):
    return module.customers(session), module.cities(session)


def sizes(session):
    with_customer = session.query(Order).filter(Order.customer_id.isnot(None)).count()
    with_supplier = session.query(Product).filter(Product.supplier_id.isnot(None)).count()
    return {"orders": with_customer, "products": with_supplier}


def statements(sizes):
    fetched = bool(sizes["orders"]) + bool(sizes["products"])
    return 2 + sizes["orders"] + sizes["products"], 2 + fetched
