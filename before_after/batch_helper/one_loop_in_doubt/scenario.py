from shop.models import Customer


def scenario(module, session):
    first = session.query(Customer).order_by(Customer.id).first()
    alone = module.lone(session, first) if first is not None else None
    return module.board(session), module.report(session, 1000), module.is_busy(session, 1000), alone


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    some = sizes["customers"] > 0
    return 5 + some + 4 * sizes["customers"], 5 + 5 * some
