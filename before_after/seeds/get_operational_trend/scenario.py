MODELS = "soc"
MODULE = "operational_metrics_service"
RULES = ("fetch-window",)


def scenario(module, session):
    return module.get_operational_trend(session), module.get_operational_trend(session, "1y")


def statements(sizes):
    return 13 + 52, 1 + 1
