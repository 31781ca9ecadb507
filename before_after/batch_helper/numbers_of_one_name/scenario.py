from shop.models import Product, Supplier


def keys(session, column):
    return [key for (key,) in session.query(column).order_by(column)]


def scenario(module, session):
    suppliers, products = keys(session, Supplier.id), keys(session, Product.id)
    return (
        module.supplies(session, suppliers),
        module.missing(session, suppliers),
        module.good_and_bad(session, products),
    )


def sizes(session):
    suppliers, products = keys(session, Supplier.id), keys(session, Product.id)
    return {
        "supplier_ids": len(suppliers),
        "distinct_supplier_ids": len(suppliers),
        "product_ids": len(products),
        "distinct_product_ids": len(products),
    }


def other(sizes):
    return 2
