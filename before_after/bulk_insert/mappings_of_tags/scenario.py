from shop.models import Product, Supplier, Tag

SAVES = "writes"


def scenario(module, session):
    number = session.query(Product).count()
    made = module.Import(session)
    made.tags([{"name": f" tag-of-file-{i} "} for i in range(number)])
    made.suppliers([{"name": f"of file {i}", "city": None} for i in range(number)])
    tags = session.query(Tag.name, Tag.uses).filter(Tag.name.like("tag-of-file%")).all()
    found = session.query(Supplier.name, Supplier.city).filter(Supplier.name.like("of file%"))
    return sorted(map(tuple, tags)), sorted(name for name, _ in found)


def sizes(session):
    return {"entries": session.query(Product).count()}


def other(sizes):
    return 3


def statements(sizes):
    number = sizes["entries"]
    return 2 * number, 2 if number else 0
