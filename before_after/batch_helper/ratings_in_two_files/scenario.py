from shop.models import Customer, Product


def scenario(module, session):
    customers, products = _keys(session)
    pairs = [(product, customer) for product in products[:4] for customer in customers[:8]]
    return module.stars(session), module.table(session, [*pairs, (1, 1), (1, 100_000)])


def _keys(session):
    customers = [key for (key,) in session.query(Customer.id).order_by(Customer.id)]
    return customers, [key for (key,) in session.query(Product.id).order_by(Product.id)]


def sizes(session):
    customers, products = _keys(session)
    pairs = min(len(products), 4) * min(len(customers), 8) + 2
    return {"both": min(len(customers), len(products)), "pairs": pairs}


def statements(sizes):
    return 4 + sizes["both"] + 2 * sizes["pairs"], 4 + bool(sizes["both"]) + 2
