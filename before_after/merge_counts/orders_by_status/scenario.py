def scenario(module, session):
    return [module.status_counts(session, customer_id) for customer_id in (1, 2, 999, None)]


def statements(sizes):
    return 4 * 3, 4
