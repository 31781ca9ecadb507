"""The entries of each user are counted, all of them and the logins, and tested for a deletion."""

from sqlalchemy import func

from shop.models import AuditLog, User


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def activity(session):
    report = []
    users = session.query(User).order_by(User.id).all()
    known_user_ids = set()
    for user_ids in _chunks(user.id for user in users):
        known_user_ids.update(
            user_id
            for (user_id,) in session.query(AuditLog.user_id)
            .filter(AuditLog.user_id.in_(user_ids))
            .filter(AuditLog.action == "delete")
            .distinct()
        )
    audit_log_counts = {}
    for user_ids in _chunks(user.id for user in users):
        for key, count in (
            session.query(AuditLog.user_id, func.count())
            .filter(AuditLog.user_id.in_(user_ids))
            .group_by(AuditLog.user_id)
        ):
            audit_log_counts[key] = count
    audit_log_counts_by_user_id = {}
    for user_ids in _chunks(user.id for user in users):
        for audit_log_user_id, value in (
            session.query(AuditLog.user_id, func.count())
            .filter(AuditLog.user_id.in_(user_ids))
            .filter_by(action="login")
            .group_by(AuditLog.user_id)
        ):
            audit_log_counts_by_user_id[audit_log_user_id] = value
    for user in users:
        deleted = user.id in known_user_ids
        report.append(
            {
                "login": user.login,
                "entries": audit_log_counts.get(user.id, 0),
                # without those of the machine
                "logins": audit_log_counts_by_user_id.get(user.id, 0),
                "deleted": deleted,
            }
        )
    return report
