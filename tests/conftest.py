from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import databases
import pytest

from codemods.testing import Server

REPOSITORY = Path(__file__).parent.parent
BACKENDS = ("sqlite", "postgresql")


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


@pytest.fixture(scope="session")
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that the tests lie in."""
    return REPOSITORY


@pytest.fixture(scope="session", params=BACKENDS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """SQLite, then PostgreSQL; each test that asks for it runs on both."""
    url = "sqlite://" if request.param == "sqlite" else databases.postgresql_url()
    server = Server(url, tmp_path_factory.mktemp("databases"), f"minusn_{os.getpid()}")
    yield server
    server.close()
