MODELS = "shop_flask"


def scenario(module, session):
    stats = [module.post_stats(author_id) for author_id in (1, None)]
    return [(s.published, s.drafts, s.undecided) for s in stats], module.totals()


def statements(sizes):
    return 2 * 3 + 2, 2 + 1
