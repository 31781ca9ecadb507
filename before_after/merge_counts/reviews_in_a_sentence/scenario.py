def scenario(module, session):
    return [module.sentence(session, customer_id) for customer_id in (1, 3)]


def statements(sizes):
    return 2 * 3, 2
