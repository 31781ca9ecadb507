from datetime import date


def scenario(module, session):
    return (
        module.buyers(session, date(2024, 1, 1)),
        module.of_vips(session),
        module.ordered_later(session),
    )
