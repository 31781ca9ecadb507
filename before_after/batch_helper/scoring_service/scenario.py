import sys
from datetime import datetime, timedelta

MODELS_OF = {}


def _models(module):
    MODELS_OF[0] = sys.modules[module.Technique.__module__]
    return MODELS_OF[0]


def seed(module, session, n):
    m = _models(module)
    for i in range(1, n + 1):
        tactic = ("impact", "discovery", "evasion")[i % 3]
        session.add(m.Technique(id=i, name=f"t{n - i}", tactic=tactic, critical=i % 2))
    session.flush()
    when = datetime(2025, 2, 18)
    for i in range(1, n + 1):
        if i % 3:
            session.add(m.ActorTechnique(actor="bear", technique_id=i))
        for k in range(i % 4):
            state = m.TestState.validated if (i + k) % 3 else m.TestState.draft
            validated = when + timedelta(days=i - k) if state is m.TestState.validated else None
            test = m.Test(technique_id=i, state=state, validated_at=validated)
            test.results = [m.DetectionResult(triggered=k % 2), m.DetectionResult(triggered=1)]
            session.add(test)
        session.add_all(m.DetectionRule(technique_id=i) for _ in range(i % 3))
        session.add_all(m.Countermeasure(technique_id=i) for _ in range(i % 6))


def scenario(module, session):
    return module.overview(session), module.create_snapshot(session)


def sizes(session):
    m = MODELS_OF[0]
    ruled = {key for (key,) in session.query(m.DetectionRule.technique_id)}
    every = session.query(m.Technique).order_by(m.Technique.id).all()
    actor = {key for (key,) in session.query(m.ActorTechnique.technique_id)}

    def asked(techniques):
        return sum(5 if technique.id in ruled else 4 for technique in techniques)

    groups = [
        [technique for technique in every if technique.tactic == "impact"],
        [technique for technique in every if technique.id in actor],
        every,
        every,
    ]
    critical = [technique for technique in every if technique.critical]
    return {
        "alone": asked(every[:1]),
        "before": asked(critical) + sum(asked(group) for group in groups),
        "after": sum(
            4 * bool(group) + any(technique.id in ruled for technique in group) for group in groups
        ),
    }


def statements(sizes):
    other = 6 + sizes["alone"]
    return other + sizes["before"], other + sizes["after"]
