from shop.models import Product, Supplier


def scenario(module, session):
    supplier = session.query(Supplier).order_by(Supplier.id.desc()).first()
    alone = module.score_supplier(supplier, session) if supplier else None
    return alone, module.score_shop(session)


def sizes(session):
    suppliers = session.query(Supplier).order_by(Supplier.id.desc()).all()

    def asked(found):
        ids = [supplier.id for supplier in found]
        products = session.query(Product).filter(Product.supplier_id.in_(ids)).all()
        twice = [*products, *(product for product in products if product.active)]
        return len(found), len(twice), sum(1 for product in twice if product.stock)

    alone, every = asked(suppliers[:1]), asked(suppliers)
    return {
        "before": 2 + sum(alone) + sum(every),
        "after": 2 + sum(map(bool, alone)) + sum(map(bool, every)),
    }


def statements(sizes):
    return sizes["before"], sizes["after"]
