from shop.models import Order, Product


def scenario(module, session):
    return module.exported(session, 5), module.skus(session)


def sizes(session):
    orders = session.query(Order).filter(Order.total.isnot(None)).count()
    return {"pages": -(-orders // 5), "others": -(-session.query(Product).count() // 7)}


def statements(sizes):
    # the last page is an empty one
    return sizes["pages"] + sizes["others"] + 2, 2
