def seed(module, session, n):
    session.add_all(module.Host(name="host %d" % (n - i) if i % 4 else None) for i in range(n))
    session.flush()
    session.add_all(module.Switch(floor=i % 2, host_id=i // 2 + 1) for i in range(n))


def scenario(module, session):
    module.DBSession.remove()
    module.DBSession.configure(bind=session.get_bind())
    try:
        found = module.switches()
        module.DBSession.remove()
        return found, module.names_on_floor(1)
    finally:
        module.DBSession.remove()


def sizes(session):
    from sqlalchemy import text

    every = "SELECT count(DISTINCT host_id) FROM switches"
    return {
        "hosts": session.execute(text(every)).scalar(),
        "on_floor": session.execute(text(f"{every} WHERE floor = 1")).scalar(),
    }


def statements(sizes):
    hosts, on_floor = sizes["hosts"], sizes["on_floor"]
    return 2 + hosts + on_floor, 2 + bool(hosts) + bool(on_floor)
