from datetime import date


def scenario(module, session):
    report = module.Report(session)
    return report.per_month(date(2023, 11, 1), date(2024, 7, 1)), report.per_month(
        date(2024, 1, 1), date(2024, 1, 1)
    )


def statements(sizes):
    return 8, 2
