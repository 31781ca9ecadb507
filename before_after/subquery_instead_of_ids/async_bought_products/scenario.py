async def scenario(module, session):
    return [await module.bought(session, key) for key in (1, 2, 3, -1)]


def statements(sizes):
    return 2 * 4, 4
