def scenario(module, session):
    pages = module.page(session), module.page(session, 1), module.page(session, None, ["O-0000"])

    return pages


def statements(sizes):
    return 3 * 3, 3 * 2
