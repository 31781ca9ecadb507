from datetime import date

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


def scenario(module, session):
    return module.overview(session, date(2024, 2, 29))
