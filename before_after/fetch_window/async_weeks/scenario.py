from datetime import date


async def scenario(module, session):
    return await module.weeks(session, date(2023, 12, 25), 9)


def statements(sizes):
    return 9 * 2, 2
