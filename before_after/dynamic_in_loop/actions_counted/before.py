"""The entries of each user are counted, all of them and the logins, and tested for a deletion."""

from shop.models import AuditLog, User


def activity(session):
    report = []
    for user in session.query(User).order_by(User.id):
        deleted = user.entries.filter(AuditLog.action == "delete").first() is not None
        report.append(
            {
                "login": user.login,
                "entries": user.entries.count(),
                # without those of the machine
                "logins": user.entries.filter_by(action="login").count(),
                "deleted": deleted,
            }
        )
    return report
