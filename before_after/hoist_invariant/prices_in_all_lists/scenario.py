from shop.models import PriceListEntry


async def scenario(module, session):
    return await module.Comparison(session).compare(["retail", "trade"])


def sizes(session):
    return {"codes": 2, "entries": session.query(PriceListEntry).count()}


def statements(sizes):
    return 2 + 2 * sizes["entries"], 2
