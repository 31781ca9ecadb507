"""What rows are compared with has a value only at times, which nobody notices without rows, or may be
a moment of another time zone; a name that is no builtin any more makes something else than a list."""

from datetime import datetime

from shop.models import AuditLog, OrderLine


def large_lines(session, strict):
    if strict:
        limit = 5
    found = []
    for line in session.query(OrderLine).order_by(OrderLine.id):  # found: filter-in-database (same-value)
        if line.quantity > limit:
            found.append(line)
    return found


def after_a_loop(session, numbers):
    for number in numbers:
        print(number)
    return [line for line in session.query(OrderLine).all() if line.quantity > number]  # found: filter-in-database (same-value)


def entries_at(session, moment: datetime):
    found = []
    for entry in session.query(AuditLog).order_by(AuditLog.id):  # review: filter-in-database (same-value)
        if entry.timestamp == moment:
            found.append(entry)
    return found


def lines_kept(session, list):
    found = list()
    for line in session.query(OrderLine).order_by(OrderLine.id):
        if line.quantity > 3:
            found.append(line)
    return found
