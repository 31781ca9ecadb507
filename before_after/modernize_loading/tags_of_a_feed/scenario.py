SAVES = "time"  # the statements are the same
REQUIRES = {"sqlalchemy": "2.0"}


def scenario(module, session):
    first = module.import_tags(session, ["new", "blue", "new", "tag 1"])
    return first, module.import_tags(session, ["new"])


def sizes(session):
    return {}
