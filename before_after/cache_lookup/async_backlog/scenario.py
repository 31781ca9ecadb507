from shop.models import Order


async def scenario(module, session):
    return await module.backlogs(session)


def sizes(session):
    days = [order.placed_on for order in session.query(Order)]
    return {"numbers": len(days), "distinct_placed_ons": len(set(days))}
