SAVES = "time"


def scenario(module, session):
    feed = [{"sku": sku, "stock": 7} for sku in ("P-001", "P-004", "none", "P-001")]
    return module.take_over(session, feed)
