SAVES = "time"


def scenario(module, session):
    return module.described(session), module.stock(session, ["P-001", "P-004", "none"])
