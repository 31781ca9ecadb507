MODELS = "soc"
MODULE = "operational_metrics_service"
RULES = ("hoist-lookup",)
FIXED = False


def scenario(module, session):
    return module.get_operational_trend(session), module.get_operational_trend(session, "1y")


def statements(sizes):
    return 13 + 52, 13 + 52
