def scenario(module, session):
    return module.report(session)


def statements(sizes):
    return 2 * 2, 2
