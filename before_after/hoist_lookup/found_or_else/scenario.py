from shop.models import Category, Customer, Supplier, Tag


def scenario(module, session):
    slugs = [slug for (slug,) in session.query(Category.slug).order_by(Category.id)]
    tags = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    names = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id)]
    catalogue = module.Catalogue(session)
    found = (
        catalogue.names(slugs + slugs[:1]),
        catalogue.sizes(["none", *slugs, "none"] if slugs else []),
        catalogue.offered(),
        catalogue.tag([*tags, "new", "new", *tags[:1]] if tags else []),
        module.cities(session, [*names, "made", "made"] if names else []),
        module.open_orders(session, 3),
    )
    try:
        return found, catalogue.names([*slugs, "none", "other"] if slugs else [])
    except module.NotFound as error:
        return found, str(error)


def statements(sizes):
    slugs, tags, names, customers = (sizes[each] for each in ("slugs", "tags", "names", "customers"))
    missing = 3 * bool(slugs) + 2 * bool(tags) + 2 * bool(names)
    asked = 4 * slugs + bool(slugs) + tags + bool(tags) + names + 2 * customers
    fetched = 4 * bool(slugs) + bool(tags) + bool(names) + 2 * bool(customers)
    return 5 + asked + missing, 5 + fetched + missing


def sizes(session):
    return {
        "slugs": session.query(Category).count(),
        "tags": session.query(Tag).count(),
        "names": session.query(Supplier).count(),
        "customers": session.query(Customer).count(),
    }
