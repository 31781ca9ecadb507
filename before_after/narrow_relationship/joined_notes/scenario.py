REQUIRES = {"sqlalchemy": "2.0"}
# a statement more where it is read, and no row twice anywhere
SAVES = "time"


def seed(module, session, n):
    for i in range(n):
        session.add(module.Patient(id=i + 1, name="p%d" % (i % 7)))
    session.flush()
    for i in range(3 * n):
        session.add(module.Note(patient_id=1 + i % n, text="n%d" % i))


def scenario(module, session):
    names = module.names(session)
    session.expunge_all()
    return names, module.file_of(session, "p0")
