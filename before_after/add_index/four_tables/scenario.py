from datetime import datetime, timedelta

SAVES = "time"
NOW = datetime(2025, 2, 18)


def seed(module, session, n):
    tactics = ("impact", "discovery", None)
    for i in range(1, n + 2):
        session.add(
            module.Technique(
                id=i, mitre_id="T%d" % (1000 + i), name="t%d" % (n - i), tactic=tactics[i % 3]
            )
        )
        session.add(module.DetectionRule(mitre_technique_id="T1001", is_active=bool(i % 2)))
        session.add(
            module.AuditLog(
                reference="r%d" % i,
                entity_type="test" if i % 3 else None,
                entity_id=str(i % 5),
                timestamp=NOW - timedelta(hours=i),
            )
        )
    session.flush()
    states = list(module.TestState)
    for i in range(1, 2 * n + 2):
        session.add(
            module.Test(
                technique_id=1 + i % (n + 1),
                state=states[i % 3],
                created_at=NOW - timedelta(days=i),
            )
        )


def scenario(module, session):
    return (
        module.overview(session, NOW),
        module.history(session, "test", "1"),
        module.latest(session),
    )
