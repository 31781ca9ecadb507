SAVES = "time"


def scenario(module, session):
    skus = ["P-001", "P-004", "none"]
    stock = module.described(session), module.stock(session, skus)
    return stock, module.labels(session, [3, 1, 999]), module.first_active(session, skus)
