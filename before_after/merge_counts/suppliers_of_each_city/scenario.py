def scenario(module, session):
    return module.per_category(session, [1, 2, 3])


def sizes(session):
    return {"limits": 3}
