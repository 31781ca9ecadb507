from shop_typed.models import Product

MODELS = "shop_typed"
SAVES = "writes"


def names(count):
    return ["imported-%d" % i for i in range(count)]


def scenario(module, session):
    return module.Importer(session).run(names(session.query(Product).count()))


def sizes(session):
    return {"names": session.query(Product).count()}


def statements(sizes):
    return sizes["names"], 1 if sizes["names"] else 0
