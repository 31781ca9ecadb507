from shop.models import Product

SAVES = "writes"


def lines(count):
    return ["imported %d ; %d" % (i, i % 7) for i in range(count)]


def scenario(module, session):
    return module.import_tags(session, lines(session.query(Product).count()))


def sizes(session):
    return {"lines": session.query(Product).count()}


def statements(sizes):
    return sizes["lines"], 1 if sizes["lines"] else 0
