SAVES = "time"


def scenario(module, session):
    return module.labels(session, 1)
