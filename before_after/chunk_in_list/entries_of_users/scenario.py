SAVES = "time"


def scenario(module, session):
    return module.entries(session)
