"""What differs between the databases that a project may run on; none known means any of them."""

from __future__ import annotations

TITLES = {
    "sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB",
    "mssql": "SQL Server", "oracle": "Oracle",
}  # fmt: skip
# Text that differs in case only is equal, unless a column says otherwise.
FOLDING = frozenset({"mysql", "mariadb", "mssql"})
# Text is compared letter by letter unless a column says otherwise, '' is not NULL, and a sum of
# integers is an integer.
EXACT = frozenset({"sqlite", "postgresql"})
# LIKE tells upper case from lower case. SQLite and the others do not, or only with a setting.
EXACT_LIKE = frozenset({"postgresql", "oracle"})
# A foreign key always has a row that it points at. SQLite asks for a PRAGMA on each connection, and
# MySQL leaves it to the table's engine.
ENFORCING = frozenset({"postgresql", "mssql", "oracle"})
