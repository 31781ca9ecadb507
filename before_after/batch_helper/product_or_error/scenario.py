from shop.models import OrderLine


def scenario(module, session):
    alone = module.product_service.get(db_session=session, product_id=1)
    return alone and alone.name, module.checked(session)


def sizes(session):
    ids = {line.product_id for line in session.query(OrderLine)} - {None}
    return {"order_lines": session.query(OrderLine).count(), "product_ids": len(ids)}


def other(sizes):
    return 1
