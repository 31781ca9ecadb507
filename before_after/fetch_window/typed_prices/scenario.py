from decimal import Decimal

MODELS = "shop_typed"


def scenario(module, session):
    limits = [Decimal("0.5"), Decimal("10"), Decimal("99.99")]
    return module.counts(session, limits, [0, 1]), module.cheap(session, limits)


def statements(sizes):
    return 3 * 2 + 3, 2
