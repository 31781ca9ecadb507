def scenario(module, session):
    return module.numbers(session), module.first_quantities(session), module.prices(session)


def sizes(session):
    from shop.models import Order, Product

    return {"orders": session.query(Order).count(), "products": session.query(Product).count()}


def statements(sizes):
    chunks = -(-sizes["orders"] // 500)
    return 3 + 2 * chunks + (sizes["products"] > 0), 3 + chunks
