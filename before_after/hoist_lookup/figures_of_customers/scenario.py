from shop.models import Customer, Product


def scenario(module, session):
    return module.last_orders(session), module.quantities(session, 2), module.ranges(session)


def sizes(session):
    return {
        "customers": session.query(Customer).count(),
        "products": session.query(Product).count(),
    }


def statements(sizes):
    customers, products = sizes["customers"], sizes["products"]
    return 3 + customers + 2 * products, 3 + bool(customers) + 2 * bool(products)
