def scenario(module, session):
    return module.ranges(session, 1), module.ranges(session, 2)


def statements(sizes):
    return 2 * (5 + 4 + 3 + 2), 2
