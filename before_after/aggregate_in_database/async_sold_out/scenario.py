async def scenario(module, session):
    found = [await module.sold_out(session, supplier_id) for supplier_id in (1, 2, 3)]
    return found, await module.well_known(session)


def statements(sizes):
    return 4, 4
