from shop.models import Customer, Product, Supplier


def scenario(module, session):
    first = session.query(Supplier).order_by(Supplier.id).first()
    name, city = (first.name, first.city) if first else ("", "")
    offers = module.Offers(session, city)
    return module.labels(session), module.offered(session, name), offers.of(name)


def sizes(session):
    return {
        "customers": session.query(Customer).count(),
        "products": session.query(Product).count(),
    }


def statements(sizes):
    customers, products = sizes["customers"], sizes["products"]
    return 4 + customers + 2 * products, 4 + (customers > 0) + 2 * (products > 0)
