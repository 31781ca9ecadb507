"""What the tool library runs every night."""

from sqlalchemy.orm import Session

from . import importer, inventory, members, reports, stats


def overdue(engine, today):
    with Session(engine) as session:
        return reports.overdue(session, today)


def statements(engine):
    with Session(engine) as session:
        return reports.statements(session)


def labels(engine):
    with Session(engine) as session:
        return inventory.labels(session)


def shelf_lists(engine):
    with Session(engine) as session:
        return inventory.shelf_lists(session)


def activity(engine):
    with Session(engine) as session:
        return members.activity(session)


def totals(engine, today):
    with Session(engine) as session:
        return stats.totals(session, today)


def import_prices(engine, prices):
    return importer.import_prices(engine, prices)


def take_stock(engine, today):
    return importer.take_stock(engine, today)
