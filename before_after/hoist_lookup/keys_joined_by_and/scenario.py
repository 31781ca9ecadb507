from shop.models import Customer, Product


def scenario(module, session):
    return module.orders_by_status(session), module.prices(session, "A")


def sizes(session):
    return {
        "customers": session.query(Customer).count(),
        "products": session.query(Product).count(),
        "statuses": 4,
    }


def statements(sizes):
    customers, products = sizes["customers"], sizes["products"]
    return 2 + 4 * customers + products, 2 + bool(customers) + bool(products)
