def scenario(module, session):
    return [module.summary(session, product_id) for product_id in (1, 2, 3)]


def statements(sizes):
    return 3, 3
