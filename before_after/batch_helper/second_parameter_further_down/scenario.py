from shop.models import Customer, Product


def scenario(module, session):
    customer = session.query(Customer).order_by(Customer.id.desc()).first()
    return module.praised(session, customer) if customer is not None else None


def sizes(session):
    products = session.query(Product).filter(Product.supplier_id.isnot(None))
    some = session.query(Customer).first() is not None
    return {"products": products.count() if some else 0}


def statements(sizes):
    some = sizes["products"] > 0
    return 1 + some + sizes["products"], 1 + some + some
