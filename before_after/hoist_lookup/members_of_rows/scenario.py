def seed(module, session, n):
    keepers = [module.Keeper(name=f"k{i}") for i in range(n // 2)]
    session.add_all(keepers)
    for i in range(n):
        named = (f"k{i}", None, "k0")[i % 3]
        session.add(module.Shelf(id=i + 1, name=f"s{i % 4}", keeper=named))
        session.flush()
        session.add_all(
            [
                module.Jar(shelf_id=i // 2 + 1, full=i % 3 > 0, grams=None if i % 5 else 100 + i),
                module.Jar(shelf_id=None, full=True, grams=7),
            ]
        )
        if i % 4:
            session.add(module.Label(shelf_id=i // 3 + 1, text=f"t{i}"))
    session.flush()


def scenario(module, session):
    store = module.Store(session)
    return (
        store.sizes(),
        store.keepers(),
        store.weights(),
        module.labelled(session),
        module.table(session),
    )


def sizes(session):
    from sqlalchemy import text

    return {"shelves": session.execute(text("SELECT count(*) FROM shelves")).scalar()}


def statements(sizes):
    return 5 + 5 * sizes["shelves"], 5 + 5 * bool(sizes["shelves"])
