def scenario(module, session):
    return module.overview(session)


def sizes(session):
    return {"status": 4}
