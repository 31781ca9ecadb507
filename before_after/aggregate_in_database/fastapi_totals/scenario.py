MODELS = "shop_typed"


async def scenario(module, session):
    found = [await module.pieces(session, order_id) for order_id in (1, 2, 999)]
    return found, await module.all_paid(session)


def statements(sizes):
    return 4, 4
