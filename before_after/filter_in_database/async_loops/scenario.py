SAVES = "rows"


async def scenario(module, session):
    found = await module.first_new(session), await module.inactive(session)
    return found, await module.latest(session)


def sizes(session):
    return {}


def statements(sizes):
    return 3, 3
