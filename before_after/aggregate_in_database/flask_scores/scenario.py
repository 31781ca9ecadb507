MODELS = "shop_flask"


def scenario(module, session):
    return [module.scores(author_id) for author_id in (1, 2, None)]


def statements(sizes):
    return 12, 12
