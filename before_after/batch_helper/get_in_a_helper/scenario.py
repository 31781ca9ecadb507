from shop.models import OrderLine


def scenario(module, session):
    return module.labels(session), [module.product_name(session, key) for key in (None, -1)]


def sizes(session):
    keys = [line.product_id for line in session.query(OrderLine) if line.product_id is not None]
    return {"asked": len(keys), "ids": len(set(keys))}


def statements(sizes):
    return 2 + sizes["asked"], 2 + bool(sizes["ids"])
