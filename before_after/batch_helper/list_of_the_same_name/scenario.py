from shop.models import Customer, Product


def scenario(module, session):
    found = []
    rows = session.query(Product).order_by(Product.id).all()
    for customer in session.query(Customer).order_by(Customer.id).limit(3).all():
        found.append(module.Policy(session, customer).allowed(rows))
    return found, [product.sku for product in module.expensive(session, 10)]


def statements(sizes):
    rows, customers = sizes["rows"], sizes["customers"]
    return 3 + rows * customers, 3 + bool(rows) * customers


def sizes(session):
    first = session.query(Customer).order_by(Customer.id).limit(3).all()
    return {
        "rows": session.query(Product).count(),
        "customers": sum(not customer.vip for customer in first),
    }
