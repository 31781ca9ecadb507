from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import databases
import pytest
from hypothesis import HealthCheck, settings
from pieces import Answers
from scheduling import Together
from xdist.remote import Producer

from codemods.testing import Case, LeftAlone, Server

REPOSITORY = Path(__file__).parent.parent
BACKENDS = ("sqlite", "postgresql")

# What a loaded machine is slow at says nothing of the code.
settings.register_profile("minusn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("minusn")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless",
        action="store_true",
        help="write what the tool makes and what was counted to the golden files",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.open_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.close_folder()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


def pytest_collection_finish() -> None:
    """Leave out what is there by now where garbage is looked for, which is a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    # The command freezes what it has made, as its process ends soon; this one goes on.
    pytest.MonkeyPatch().setattr(gc, "freeze", lambda: None)


@pytest.fixture(scope="session")
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that the tests lie in."""
    return REPOSITORY


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The server of a backend, which is started once and keeps what many cases share."""
    started: dict[str, Server] = {}

    def server(backend: str) -> Server:
        if backend not in started:
            url = "sqlite://" if backend == "sqlite" else databases.postgresql_url()
            folder = tmp_path_factory.mktemp("databases")
            started[backend] = Server(url, folder, f"minusn_{os.getpid()}")
        return started[backend]

    yield server
    for each in started.values():
        each.close()


@pytest.fixture(params=BACKENDS)
def server(request: pytest.FixtureRequest, servers: Callable[[str], Server]) -> Server:
    """SQLite, then PostgreSQL; each test that asks for it runs on both."""
    return servers(request.param)


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case | LeftAlone], Answers]:
    """What the tool tells of a piece and makes of it; the tests of one piece share it."""

    @lru_cache(maxsize=1)
    def of(piece: Case | LeftAlone) -> Answers:
        return Answers(piece, tmp_path_factory.mktemp("piece").resolve())

    return of
