SAVES = "rows"


def scenario(module, session):
    order, customer, product, tag, last = module.of_desk(session)
    found = [order and order.number, customer and customer.email, product and product.sku]
    return [*found, tag, last and last.name]


def sizes(session):
    return {}


def statements(sizes):
    return 5, 5
