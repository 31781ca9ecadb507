"""What a project configures in `[tool.minusn]`, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DATABASES = ("sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql")


@dataclass(frozen=True, slots=True)
class Settings:
    """The project's settings, from configuration or read off the project.

    `sqlalchemy` is the lowest and highest version that may run the code, as (major, minor).
    `database` names every database that may run it; empty: nothing is known. `python` is the
    lowest Python that must parse the code. `share_options` lets a function that asks a query take
    the options that only some of its callers need, instead of giving them to all. `sizes` are the
    N of each name for sorting costs.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    batch_size: int = 500
    to_one: Literal["selectin", "joined"] = "selectin"
    max_joins: int = 3
    share_options: bool = True
    sqlalchemy: tuple[tuple[int, int], tuple[int, int]] = ((1, 4), (2, 1))
    database: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 9)
    sizes: tuple[tuple[str, int], ...] = ()

    @property
    def lowest_sqlalchemy(self) -> tuple[int, int]:
        return self.sqlalchemy[0]

    @property
    def highest_sqlalchemy(self) -> tuple[int, int]:
        return self.sqlalchemy[1]
