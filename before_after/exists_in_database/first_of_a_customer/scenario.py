from shop.models import Product

SAVES = "rows"


def scenario(module, session):
    desk = module.Desk(session)
    known = desk.is_known(1), desk.greeting(1), desk.is_known(-1), desk.greeting(-1)
    return known, desk.is_sold_out(), desk.has_cheap_ones()


def sizes(session):
    return {"products": session.query(Product).count()}


def statements(sizes):
    return 6, 6
