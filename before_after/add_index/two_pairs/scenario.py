from datetime import date, timedelta

SAVES = "time"


def seed(module, session, n):
    for i in range(n):
        session.add(
            module.Shipment(
                country=("at", "de")[i % 2],
                city="c%d" % (i % 3),
                carrier=("post", "bird")[i % 2],
                number="n%d" % (i // 2),
                sent_on=date(2025, 2, 18) - timedelta(days=i),
            )
        )


def scenario(module, session):
    depots = module.Depots(session)
    last = depots.last_of("bird")
    return depots.sent_to("at", "c1"), depots.known("bird", "n1"), last and tuple(last)
