from shop.models import PriceListEntry, Product


def scenario(module, session):
    ids = [key for (key,) in session.query(Product.id).order_by(Product.id)]
    query = session.query(PriceListEntry.list_code, PriceListEntry.product_id)
    pairs = [tuple(row) for row in query.order_by(*query.statement.selected_columns)]
    code = pairs[0][0] if pairs else "none"
    found = module.prices(session, code, ids), code
    session.expunge_all()
    return found, module.listed(session, [*pairs, ("none", 1)] if pairs else [])


def sizes(session):
    return {
        "product_ids": session.query(Product).count(),
        "list_codes": session.query(PriceListEntry).count(),
    }


def statements(sizes):
    pairs = sizes["list_codes"] + bool(sizes["list_codes"])
    after = bool(sizes["product_ids"]) + bool(pairs)
    return 2 + sizes["product_ids"] + pairs, 2 + after
