"""What fixes cost in long files: `minusn diff` next to `minusn check` on the same file.

    python benchmarks/fixes.py [--lines 4000 --fixes 20]

The file is made up: functions that black would leave alone, some of them with an N+1 query. Times
are CPU seconds of fresh processes; what counts is the ratio.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_MODELS = """from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Hero(Base):
    __tablename__ = "hero"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped[Team] = relationship()
"""
_HEAD = """from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Hero
"""
_SLOW = """

def names_{n}(session: Session) -> list[str]:
    found = []
    for hero in session.scalars(select(Hero)).all():
        found.append(hero.team.name)
    return found
"""
_PLAIN = """

def plain_{n}(first: int, second: int) -> int:
    total = first * {n} + second
    for item in range(second):
        total += item
    return total
"""


def write(folder: Path, lines: int, fixes: int) -> None:
    """A project of one long module and its models."""
    count = lines // (_PLAIN.count("\n"))
    every = max(count // fixes, 1)
    slow = {number * every for number in range(fixes)}
    body = "".join((_SLOW if n in slow else _PLAIN).format(n=n) for n in range(count))
    (folder / "pyproject.toml").write_text('[project]\nname = "long"\nversion = "1"\n')
    (folder / "models.py").write_text(_MODELS)
    (folder / "long.py").write_text(_HEAD + body)


def seconds(folder: Path, command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "codemods", command, str(folder)], capture_output=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:
        sys.exit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, nargs="*", default=[4_000, 4_000, 30_000])
    parser.add_argument("--fixes", type=int, nargs="*", default=[20, 100, 60])
    arguments = parser.parse_args()
    print("| lines | fixes | check, s | diff, s | ratio |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for lines, fixes in zip(arguments.lines, arguments.fixes, strict=True):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), lines, fixes)
            check, diff = (seconds(Path(folder), command) for command in ("check", "diff"))
        print(f"| {lines:,} | {fixes} | {check:.2f} | {diff:.2f} | {diff / check:.1f} |")


if __name__ == "__main__":
    main()
