REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


async def scenario(module, session):
    return await module.cancel_all(session)


def statements(sizes):
    return 2, 1
