def scenario(module, session):
    found = [module.latest(session, customer_id) for customer_id in (1, 2, 3, None)]
    found += [module.latest_or(session, customer_id, "never") for customer_id in (1, 2, None)]
    return found, module.spread(session), module.first_paid(session)


def statements(sizes):
    return 10, 10
