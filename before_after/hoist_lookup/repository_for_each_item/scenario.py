from shop.models import Category, Supplier


def scenario(module, session):
    names = [name for (name,) in session.query(Supplier.name).order_by(Supplier.id)]
    slugs = [slug for (slug,) in session.query(Category.slug).order_by(Category.id)]
    return module.cities(session, [*names, "nobody"]), module.titles(session, ["none", *slugs])


def sizes(session):
    return {
        "names": session.query(Supplier).count() + 1,
        "slugs": session.query(Category).count() + 1,
        "distinct_names": session.query(Supplier).count() + 1,
        "distinct_slugs": session.query(Category).count() + 1,
    }


def statements(sizes):
    # with the scenario's own queries
    return 2 + sizes["names"] + sizes["slugs"], 4
