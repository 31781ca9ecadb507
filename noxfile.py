"""The golden cases on every SQLAlchemy that rewritten code has to run on.

Nothing is compiled: `nox` runs all sessions, `nox -s "cases(sqlalchemy='1.4')"` one of them.
"""

import nox

nox.options.reuse_existing_virtualenvs = True

VERSIONS = {"1.4": "1.4.54", "2.0": "2.0.*", "2.1": "2.1.*"}


@nox.session
@nox.parametrize("sqlalchemy", list(VERSIONS))
def cases(session: nox.Session, sqlalchemy: str) -> None:
    """Run both sides of each case, and the traps, on one SQLAlchemy."""
    session.install("-q", ".[test]")
    if sqlalchemy == "1.4":
        # these need SQLAlchemy 2.0; cases that use them say so and are skipped
        session.run("pip", "uninstall", "-q", "-y", "flask-sqlalchemy", "sqlmodel")
    session.install("-q", f"sqlalchemy=={VERSIONS[sqlalchemy]}")
    session.run("pytest", "-rs", "tests/test_cases.py", *session.posargs)
