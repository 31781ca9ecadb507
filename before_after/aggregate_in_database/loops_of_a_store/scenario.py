SAVES = "rows"


def scenario(module, session):
    pieces = [module.pieces(session, order_id) for order_id in (1, 2, 3)]
    latest = [module.latest(session, customer_id) for customer_id in (1, 2)]
    tests = module.has_unpaid(session), module.all_have_stock(session), module.orphans(session)
    counts = module.in_stock(session), module.much_used(session), module.ones(session)
    return pieces, latest, tests, counts, module.check(session)


def sizes(session):
    return {}


def statements(sizes):
    return 12, 12
