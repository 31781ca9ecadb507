def scenario(module, session):
    shipping = module.Shipping(session)
    return module.of_vips(session), [shipping.open_in(city) for city in ("City 0", "City 1", "no")]


def statements(sizes):
    return 2 * 4, 4
