SAVES = "time"


def scenario(module, session):
    return [module.referrer(session, key) for key in (1, 2, 3, 2, 1000)]
