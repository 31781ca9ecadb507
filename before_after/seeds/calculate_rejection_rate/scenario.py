MODELS = "soc"
MODULE = "operational_metrics_service"
RULES = ("merge-counts",)


def scenario(module, session):
    return module.calculate_rejection_rate(session)
