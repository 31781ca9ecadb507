"""`[tool.minusn]`, and what a project says without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.project.config import ConfigurationError, load_settings
from codemods.settings import Settings


def _settings(root: Path, files: dict[str, str]) -> Settings:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_settings(root)


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
[tool.minusn]
include = ["app/**"]
exclude = ["app/old"]
select = ["MN1"]
ignore = ["merge-counts"]
batch-size = 200
to-one = "joined"
max-joins = 2
share-options = false
sqlalchemy = ">=2.0,<2.1"
database = ["postgresql", "sqlite"]
python = "3.10"

[tool.minusn.per-file-ignores]
"tests/*" = ["MN101", "MN201"]

[tool.minusn.sizes]
orders = 1000
"""
    assert _settings(tmp_path, {"pyproject.toml": text}) == Settings(
        include=("app/**",),
        exclude=("app/old",),
        select=("MN1",),
        ignore=("merge-counts",),
        per_file_ignores=(("tests/*", ("MN101", "MN201")),),
        batch_size=200,
        to_one="joined",
        max_joins=2,
        share_options=False,
        sqlalchemy=((2, 0), (2, 0)),
        database=("postgresql", "sqlite"),
        python=(3, 10),
        sizes=(("orders", 1000),),
    )


def test_a_project_that_says_nothing_gets_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("lines", "row", "told"),
    [
        ("batchsize = 3", 3, "did you mean `batch-size`?"),
        ("batch_size = 3", 3, "did you mean `batch-size`?"),
        ("zzzz = 3", 3, "unknown setting `zzzz`; there are `include`"),
        ('python = "3.9"\nbatch-size = "many"', 4, "`batch-size` must be a whole number"),
        ("batch-size = true", 3, "must be a whole number"),
        ("batch-size = 0", 3, "of at least 1"),
        ('select = "MN101"', 3, "must be a list of strings"),
        ("ignore = [1]", 3, "must be a list of strings"),
        ('to-one = "lazy"', 3, '"selectin" or "joined"'),
        ('database = ["postgres"]', 3, "did you mean `postgresql`?"),
        ('sqlalchemy = "0.9"', 3, "no version from 1.4 to 2.1"),
        ('sqlalchemy = "new"', 3, "no version from 1.4 to 2.1"),
        ("sqlalchemy = 2.0", 3, "must be a version or a range"),
        ('python = "two"', 3, "must be a version or a range"),
        ("[tool.minusn.sizes]\norders = -1", 3, "`orders` must be a whole number"),
        ('[tool.minusn.per-file-ignores]\n"a.py" = "MN101"', 3, "a list of rules"),
    ],
)
def test_a_wrong_setting_is_an_error_with_its_line(
    tmp_path: Path, lines: str, row: int, told: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(f"\n[tool.minusn]\n{lines}\n")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.path == tmp_path / "pyproject.toml"
    assert caught.value.row == row
    assert told in caught.value.message


def test_a_file_that_is_no_toml_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.minusn]\nselect = = 1\n")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.row == 2
    assert "not valid TOML" in caught.value.message


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"requirements.txt": "SQLAlchemy==1.4.46  # pinned\n"}, ((1, 4), (1, 4))),
        ({"requirements.txt": "sqlalchemy[asyncio]>=2.0.20\n"}, ((2, 0), (2, 1))),
        ({"requirements/base.in": "sqlalchemy~=2.0.1\n"}, ((2, 0), (2, 0))),
        ({"requirements.txt": "flask\n"}, ((1, 4), (2, 1))),
        ({"pyproject.toml": '[project]\nname="x"\ndependencies=["sqlalchemy<2"]'}, ((1, 4),) * 2),
        (
            {
                "pyproject.toml": "[project]\nname='x'\n[project.optional-dependencies]\n"
                "db = ['sqlalchemy>=1.4,<2.1']"
            },
            ((1, 4), (2, 0)),
        ),
        (
            {"pyproject.toml": "[tool.poetry.dependencies]\npython = '^3.9'\nsqlalchemy = '^2.0'"},
            ((2, 0), (2, 1)),
        ),
        (
            {
                "pyproject.toml": "[tool.poetry.group.db.dependencies]\n"
                "sqlalchemy = {version = '~1.4.2', extras = ['asyncio']}"
            },
            ((1, 4), (1, 4)),
        ),
        ({"pyproject.toml": "[tool.poetry.dependencies]\nsqlalchemy = '1.4'"}, ((1, 4), (1, 4))),
        ({"setup.py": "setup(install_requires=['SQLAlchemy>=1.4,<2.0'])"}, ((1, 4), (1, 4))),
        (
            {"setup.cfg": "[options]\ninstall_requires =\n    flask\n    sqlalchemy >= 2.0\n"},
            ((2, 0), (2, 1)),
        ),
        ({"Pipfile": "[packages]\nsqlalchemy = '==2.0.*'\n"}, ((2, 0), (2, 0))),
        (
            {"requirements.in": "sqlalchemy", "requirements.txt": "sqlalchemy==2.0.30"},
            ((2, 0), (2, 0)),
        ),
        (
            {"requirements.txt": "sqlalchemy<2", "dev-requirements.txt": "sqlalchemy>=2.1"},
            ((1, 4), (2, 1)),
        ),
    ],
)
def test_sqlalchemy_is_read_from_the_dependencies(
    tmp_path: Path, files: dict[str, str], expected: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    assert _settings(tmp_path, files).sqlalchemy == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pyproject.toml": '[project]\nname="x"\nrequires-python=">=3.10"'}, (3, 10)),
        ({"pyproject.toml": "[tool.poetry.dependencies]\npython = '^3.8'"}, (3, 8)),
        ({"setup.cfg": "[options]\npython_requires = >=3.7\n"}, (3, 7)),
        ({"setup.py": "setup(python_requires='>=3.8, <4')"}, (3, 8)),
        (
            {
                "setup.py": "setup(classifiers=['Programming Language :: Python :: 3.12',"
                " 'Programming Language :: Python :: 3.9'])"
            },
            (3, 9),
        ),
        ({"Pipfile": "[requires]\npython_version = '3.12'\n"}, (3, 12)),
    ],
)
def test_python_is_read_from_the_project(
    tmp_path: Path, files: dict[str, str], expected: tuple[int, int]
) -> None:
    assert _settings(tmp_path, files).python == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"requirements.txt": "psycopg2-binary\naiosqlite"}, ("sqlite", "postgresql")),
        ({"requirements.txt": "PyMySQL"}, ("mysql", "mariadb")),
        ({"requirements.txt": "cx_Oracle\npyodbc"}, ("oracle", "mssql")),
        ({"app/config.py": "URL = 'postgresql+asyncpg://u@h/db'"}, ("postgresql",)),
        ({"app/config.py": "URL = 'sqlite:///app.db'"}, ("sqlite",)),
        ({"app/config.py": "URL = 'https://example.org'"}, ()),
        ({"alembic.ini": "sqlalchemy.url = mysql://u@h/db"}, ("mysql", "mariadb")),
        ({"deploy/docker-compose.yml": "db:\n  image: postgres:15\n"}, ("postgresql",)),
        ({".env": "DATABASE_URL=postgres://u@h/db"}, ("postgresql",)),
        ({"app/m.py": "from sqlalchemy.dialects.postgresql import JSONB"}, ("postgresql",)),
        ({"app/m.py": "from sqlalchemy.dialects import mysql"}, ("mysql", "mariadb")),
        ({"tests/conftest.py": "URL = 'sqlite://'"}, ()),
        (
            {"tests/conftest.py": "URL = 'sqlite://'", "requirements.txt": "asyncpg"},
            ("sqlite", "postgresql"),
        ),
    ],
)
def test_databases_are_read_from_drivers_urls_and_dialects(
    tmp_path: Path, files: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert _settings(tmp_path, files).database == expected


def test_a_setting_wins_over_what_the_project_says(tmp_path: Path) -> None:
    text = "[tool.minusn]\ndatabase = []\nsqlalchemy = '2.1'\n"
    files = {"pyproject.toml": text, "requirements.txt": "psycopg2\nsqlalchemy==1.4.1"}
    settings = _settings(tmp_path, files)
    assert settings.database == ()
    assert settings.sqlalchemy == ((2, 1), (2, 1))
