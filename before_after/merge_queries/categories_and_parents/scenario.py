def scenario(module, session):
    keys = [None, 1, 2, 3, -1]
    return [module.branch(session, key) for key in keys], module.beside(session, 1)


def statements(sizes):
    return 5 * 2 + 2, 5 + 1
