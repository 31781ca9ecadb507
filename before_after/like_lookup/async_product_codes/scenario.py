async def scenario(module, session):
    found = await module.unknown(session, ["1", "2", "001", "none"])
    return found, await module.named(session, ["1", "Pro", "zzz"], 1)


def statements(sizes):
    return 4 + 3, 1 + 1
