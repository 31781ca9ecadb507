from shop.models import Customer, Product, Supplier


def scenario(module, session):
    first = session.query(Supplier).order_by(Supplier.id).first()
    name, city = (first.name, first.city) if first else ("", "")
    return module.labels(session), module.Offers(session, city).of(name)


def sizes(session):
    return {
        "customers": session.query(Customer).count(),
        "products": session.query(Product).count(),
    }


def statements(sizes):
    customers, products = sizes["customers"], sizes["products"]
    return 3 + customers + products, 3 + (customers > 0) + (products > 0)
