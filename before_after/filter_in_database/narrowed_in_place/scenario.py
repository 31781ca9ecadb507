SAVES = "rows"


def scenario(module, session):
    return module.without_customer(session), module.most_used(session), module.states(session)


def sizes(session):
    return {}


def statements(sizes):
    return 3, 3
