def scenario(module, session):
    words = module.Words(session)
    return words.counts(1), words.counts(2), words.products(["P", "S", "none", "1"])


def statements(sizes):
    return 2 * 4 + 4, 2 + 1
