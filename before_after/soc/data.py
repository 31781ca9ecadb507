"""The data of the operations centre: gaps, ties, duplicates, and rows in another order than keys."""

from datetime import datetime, timedelta

from sqlalchemy import text

from soc import models as m

_NOW = datetime(2025, 2, 18, 9, 0)
_TACTICS = ("execution", "persistence,privilege-escalation", None, "discovery", "execution")
_STATES = ("validated", "in_review", "validated", "rejected", "validated", "draft")
_RESULTS = ("detected", None, "not_detected", "partially_detected")
_VERDICTS = ("approved", None, "rejected", "pending", "approved")
_ROLES = ("red_tech", "blue_tech", "red_tech", "admin")


def seed(session, n):
    """Fill empty tables with `n` techniques and what belongs to them; `n` = 0 leaves them empty.

    Row i has the primary key i (from 1), which the database assigns.
    """
    if not n:
        return
    _insert(
        session,
        m.User,
        (
            dict(username="user%d" % i, role=_ROLES[i % 4], is_active=i % 5 != 4)
            for i in range(n // 10 + 3)
        ),
    )
    _techniques(session, n)
    tests = _tests(session, n)
    _audit_logs(session, tests)
    _defenses(session, n)
    _campaigns(session, n, len(tests))
    _shuffle(session)


def _insert(session, model, rows):
    rows = list(rows)
    if rows:
        session.execute(model.__table__.insert(), rows)
    return rows


def _techniques(session, n):
    statuses = tuple(m.TechniqueStatus)
    _insert(
        session,
        m.Technique,
        (
            dict(
                mitre_id="T%d" % (1000 + i),
                name="Technique %d" % (n - i),
                tactic=_TACTICS[i % 5],
                is_critical=i % 3 == 1,
                status=statuses[i % 5],
            )
            for i in range(1, n + 1)
        ),
    )
    rules = [
        dict(
            mitre_technique_id="T%d" % (1000 + i),
            title="Rule %d of %d" % (k, i),
            source=("sigma", "elastic")[k % 2],
            source_id="r%d-%d" % (i, k),
            is_active=(i + k) % 5 != 0,
        )
        for i in range(1, n + 1)
        for k in range(i % 4)
    ]
    _insert(session, m.DetectionRule, rules)
    _insert(
        session,
        m.TestTemplate,
        (
            dict(
                mitre_technique_id="T%d" % (1000 + i),
                name="Template %d of %d" % (k, i),
                source="atomic_red_team",
                source_id="a%d-%d" % (i, k),
                platform=(None, "windows", "linux")[k],
                is_active=(i + k) % 4 != 1,
            )
            for k in range(3)
            for i in range(1, n + 1)
            if i % 3 >= k
        ),
    )
    _insert(
        session,
        m.OsintItem,
        (
            dict(
                technique_id=i,
                source_type="cve",
                source_url="https://nvd.nist.gov/vuln/detail/CVE-2024-%d" % (1000 + (i * 3) % 50),
            )
            for i in range(1, n + 1)
        ),
    )


def _tests(session, n):
    tests = []
    for i in range(1, n + 1):
        for k in range((i - 1) % 4 or i % 2):
            number = len(tests)
            state = m.TestState[_STATES[number % 6]]
            done = state is m.TestState.validated and number % 7 != 3
            verdicts = _VERDICTS[number % 5], _VERDICTS[(number + i) % 5]
            result = _RESULTS[(number + k) % 4]
            tests.append(
                dict(
                    technique_id=i,
                    name="Test %d" % (number % 11),
                    platform=("windows", None, "linux")[number % 3],
                    state=state,
                    result=m.TestResult[result] if result else None,
                    red_validation_status=verdicts[0],
                    blue_validation_status=verdicts[1],
                    red_validated_at=_NOW - timedelta(days=number * 5 % 400) if done else None,
                    remediation_status="completed" if number % 2 == 0 else None,
                    created_at=_NOW - timedelta(days=(number * 11) % 500),
                    retest_of=number // 2 + 1 if number % 3 == 2 else None,
                )
            )
    # A retest comes after what it is a retest of.
    for number in range(0, len(tests), 50):
        _insert(session, m.Test, tests[number : number + 50])
    _insert(
        session,
        m.TestDetectionResult,
        (
            dict(test_id=number + 1, detection_rule_id=1, triggered=(True, None, False)[number % 3])
            for number in range(len(tests))
            for _ in range(number % 3)
            if n > 1
        ),
    )
    return tests


def _audit_logs(session, tests):
    rows = []
    for number in range(1, len(tests) + 1):
        start = _NOW - timedelta(days=number % 90, hours=number % 5)
        actions = [("start_execution", 0), ("submit_red_evidence", 7), ("complete_remediation", 90)]
        for k, (action, hours) in enumerate(actions):
            if (number + k) % 5 == 4:
                continue
            times = (hours + 2, hours, hours) if number % 4 == k else (hours,)
            rows += [
                dict(
                    action=action,
                    entity_type="test",
                    entity_id=str(number),
                    timestamp=start + timedelta(hours=later),
                )
                for later in times
            ]
        rows.append(
            dict(
                action="start_execution",
                entity_type="campaign",
                entity_id=str(number),
                timestamp=start - timedelta(days=9),
            )
        )
    _insert(session, m.AuditLog, rows)


def _defenses(session, n):
    known = range(1, min(n, 30) + 1)
    _insert(
        session,
        m.DefensiveTechnique,
        (
            dict(
                d3fend_id="D3-%d" % i,
                name="Defense %d" % (i % 7),
                tactic=(None, "Harden", "Detect")[i % 3],
                url="https://d3fend.mitre.org/technique/D3-%d" % i if i % 2 else None,
            )
            for i in known
        ),
    )
    _insert(
        session,
        m.DefensiveTechniqueMapping,
        (
            dict(attack_technique_id=i, defensive_technique_id=(i * k) % len(known) + 1)
            for i in range(1, n + 1)
            for k in range(i % 7)
        ),
    )
    _insert(session, m.ThreatActor, (dict(name="Group %d" % i) for i in range(n // 20 + 1)))
    _insert(
        session,
        m.ThreatActorTechnique,
        (
            dict(threat_actor_id=i % (n // 20 + 1) + 1, technique_id=(i * 3) % n + 1)
            for i in range(n + n // 2)
        ),
    )


def _campaigns(session, n, tests):
    count = n // 5 + 1
    recurrences = ("weekly", None, "monthly")
    _insert(
        session,
        m.Campaign,
        (
            dict(
                name="Campaign %d" % (i % 3),
                status="active",
                is_recurring=i % 4 != 3,
                recurrence=recurrences[i % 3],
                next_run_at=None if i % 5 == 4 else _NOW + timedelta(days=i % 3 - 1),
            )
            for i in range(count)
        ),
    )
    _insert(
        session,
        m.CampaignTest,
        (
            dict(
                campaign_id=1 if i % 2 else i % count + 1,
                test_id=(i * 7) % tests + 1,
                order_index=i % 4,
                phase=("initial", None, "lateral")[i % 3],
            )
            for i in range(n)
        ),
    )


def _shuffle(session):
    """PostgreSQL writes an updated row anew: unordered reads see another order than the keys'."""
    for table in ("techniques", "tests", "audit_logs", "test_templates", "campaign_tests"):
        session.execute(text("UPDATE %s SET id = id WHERE id %% 3 = 1" % table))
