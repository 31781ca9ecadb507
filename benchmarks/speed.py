"""How fast a cold `minusn check` is, next to parsing alone and to other tools.

    python benchmarks/speed.py PROJECT [--rounds 5]

Every program runs once before it is measured, so that its own bytecode is compiled, as it is where
it was installed; nothing else is kept. Every number is CPU time (user and system, children
included) of a fresh process on the same files in the same run, and what counts is the ratio to
`ast.parse` of every Python file: machines and loads differ, ratios hardly. Other tools run one rule
where they can, and only if installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

_PARSE = """
import ast, sys, warnings
warnings.simplefilter("ignore")
for name in sys.stdin.read().split("\\0"):
    try:
        ast.parse(open(name, "rb").read())
    except (SyntaxError, ValueError):
        pass
"""
_SEMGREP = """rules:
- id: query-in-loop
  languages: [python]
  severity: WARNING
  message: a query in a loop
  pattern: |
    for $X in $Y:
        ...
        $S.query(...)
"""


@dataclass
class Measurement:
    """CPU seconds of each round, and the largest resident size in bytes."""

    seconds: list[float]
    peak: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def python_files(project: Path) -> list[Path]:
    return [
        path
        for path in sorted(project.rglob("*.py"))
        if not {".git", ".venv", "node_modules"} & set(path.parts)
    ]


def once(command: list[str], stdin: str, folder: Path) -> tuple[float, int]:
    """CPU seconds and peak bytes of one run of a command."""
    with tempfile.TemporaryFile("w+") as given:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def commands(files: list[Path], rules: Path) -> dict[str, tuple[list[str], str]]:
    """What to run, by name: a command and its standard input."""
    found = {
        "ast.parse": ([sys.executable, "-c", _PARSE], "\0".join(map(str, files))),
        "minusn check": ([sys.executable, "-m", "codemods", "check", ".", "--exit-zero"], ""),
    }
    if ruff := shutil.which("ruff"):
        found["ruff (one rule)"] = (
            [ruff, "check", ".", "--no-cache", "--isolated", "--select", "PERF401"],
            "",
        )
    if fixit := shutil.which("fixit"):
        found["fixit (its rules)"] = ([fixit, "lint", "."], "")
    if semgrep := shutil.which("semgrep"):
        command = [semgrep, "scan", "--metrics=off", "--disable-version-check", "--config"]
        found["semgrep (one rule)"] = ([*command, str(rules), "."], "")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    project = options.project.resolve()
    files = python_files(project)
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    measured: dict[str, Measurement] = {}
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rule.yaml"
        rules.write_text(_SEMGREP)
        for number in range(options.rounds + 1):
            for name, (command, stdin) in commands(files, rules).items():
                seconds, peak = once(command, stdin, project)
                if not number:
                    continue
                entry = measured.setdefault(name, Measurement([], 0))
                entry.seconds.append(seconds)
                entry.peak = max(entry.peak, peak)
    base = measured["ast.parse"].median
    print(f"{len(files)} files, {lines:,} lines, median of {options.rounds} rounds")
    print(f"{'':22}{'CPU s':>8}{'ratio':>8}{'lines/s':>12}{'peak MB':>9}")
    for name, entry in measured.items():
        rate = lines / entry.median
        print(
            f"{name:22}{entry.median:8.2f}{entry.median / base:8.2f}"
            f"{rate:12,.0f}{entry.peak / 2**20:9.0f}"
        )
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
