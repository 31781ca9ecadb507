from shop.models import Order


def scenario(module, session):
    newest = module.customer_names(session, True)
    session.expunge_all()
    return newest, module.customer_names(session, False)


def statements(sizes):
    return 2 + 2 * sizes["customers"], 2 + 2 * bool(sizes["customers"])


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
