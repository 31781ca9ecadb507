from shop.models import Order


def scenario(module, session):
    service = module.OrderService(session)
    ids = [row.id for row in session.query(Order.id).order_by(Order.id).limit(9)]
    found = [(service.may_ship(i), service.is_new(i), service.since(i)) for i in ids]
    return found, service.is_new(None), [service.free_of_charge(i) for i in ids[:2]]


def sizes(session):
    ids = [row.id for row in session.query(Order.id).order_by(Order.id).limit(9)]
    with_lines = [i for i in ids if session.get(Order, i).lines]
    return {"ids": len(ids), "with_lines": len(with_lines)}


def statements(sizes):
    asked = 1 + 3 * sizes["ids"] + sizes["with_lines"] + 1 + min(2, sizes["ids"])
    return asked, asked
