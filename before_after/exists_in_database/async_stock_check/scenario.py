async def scenario(module, session):
    return [await module.stock_check(session, supplier_id) for supplier_id in (1, 2, 3)]


def sizes(session):
    from shop.models import Product

    missing = session.query(Product).filter(Product.stock == 0, Product.supplier_id.in_([1, 2, 3]))
    return {"full": 3 - len({product.supplier_id for product in missing})}


def statements(sizes):
    return 3 + sizes["full"], 3 + sizes["full"]
