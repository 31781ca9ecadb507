SAVES = "time"


def scenario(module, session):
    return module.analytics(session)
