"""Prints what the tool does with each trap: `python tests/semantics/report.py [bare|known]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import trials
from rich.console import Console
from rich.table import Table


def main() -> None:
    setting: trials.Setting = "bare" if "bare" in sys.argv[1:] else "known"
    table = Table("trap", "verdict", "tool", "stopped by", title=f"project: {setting}")
    counts: dict[tuple[str, str], int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for trap in trials.traps():
            if trap.codemod not in trials.CODEMODS:
                continue
            trial = trials.trial(trap, setting, Path(folder).resolve() / trap.name)
            table.add_row(trap.name, trap.verdict, trial.outcome, ", ".join(trial.stopped))
            key = (trap.verdict, trial.outcome)
            counts[key] = counts.get(key, 0) + 1
    console = Console()
    console.print(table)
    for (verdict, outcome), count in sorted(counts.items()):
        console.print(f"{verdict:<7} {outcome:<7} {count}")


if __name__ == "__main__":
    main()
