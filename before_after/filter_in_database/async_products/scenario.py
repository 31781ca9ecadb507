async def scenario(module, session):
    return await module.cheap_page(session, 5), await module.without_supplier(session)
