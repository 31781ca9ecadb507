SAVES = "time"


def scenario(module, session):
    return module.Catalogue(session).by_supplier()
