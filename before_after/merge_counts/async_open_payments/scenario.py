async def scenario(module, session):
    return await module.payments(session, 3)
