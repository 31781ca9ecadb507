def scenario(module, session):
    return module.visits(session)


def sizes(session):
    return {"days": 21}
