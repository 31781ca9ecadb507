"""The tool must not walk into any of the traps that `traps/` shows."""

from __future__ import annotations

from pathlib import Path

import pytest
import trials
from trials import SETTINGS, Setting, Trap, Trial

from codemods.testing import Server

TRAPS = trials.traps()
OURS = [trap for trap in TRAPS if trap.codemod in trials.CODEMODS]

# How many of the traps that have a correct rewrite get one, and how many of those are safe.
FIXED = 30
SAFE = 20

by_name = pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
by_setting = pytest.mark.parametrize("setting", SETTINGS)


@by_name
@pytest.mark.filterwarnings("ignore")
def test_trap_is_one(trap: Trap, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A trap shows what it claims on the SQLAlchemy and the database of this run."""
    with trials.on(server.url):
        why = trials.why_skipped(trap)
        if why:
            pytest.skip(why)
        status = trials.run_traps.run_trap(str(trap.path), quiet=True)
    assert status == "ok", capsys.readouterr().out


@by_setting
@by_name
def test_verdict(trap: Trap, setting: Setting, tmp_path: Path) -> None:
    trial = trials.trial(trap, setting, tmp_path)
    if trap.verdict == "refuse":
        assert trial.reviewed == trial.before, "is rewritten, which is never right"
    if trap.verdict == "review":
        assert not trial.is_safe_by_its_codemod, "is rewritten without a person's consent"


@by_setting
@by_name
def test_behaviour(trap: Trap, setting: Setting, server: Server, tmp_path: Path) -> None:
    """What is rewritten does the same, with fewer statements.

    As many are enough where a trap has no gain in these, as what is saved are rows, of which traps
    have few; and where a rule that the trap is not about has found a fix.
    """
    trial = trials.trial(trap, setting, tmp_path / "project")
    rewritten = {trial.safe, trial.reviewed} if trap.verdict == "care" else {trial.safe}
    if rewritten == {trial.before}:
        pytest.skip("is not rewritten" if trap.verdict == "care" else f"is to {trap.verdict}")
    with trials.on(server.url):
        why = trials.why_skipped(trap)
        if why:
            pytest.skip(why)
        for code in rewritten - {trial.before}:
            before, after = trials.compare(trap, code, tmp_path)
            gains = trap.verdict == "care" and not trap.facts.get("no_gain")
            allowed = before - 1 if gains else before
            assert after <= allowed, f"{before} statements became {after}"


def test_outcomes(tmp_path: Path, bless: bool) -> None:
    """`outcomes.toml` says what the tool does with each trap, so that a change of it is seen."""
    made = {setting: _all(setting, tmp_path / setting) for setting in SETTINGS}
    if bless:
        trials.record(made)
    described = {
        setting: {item.trap.name: trials.described(item) for item in items}
        for setting, items in made.items()
    }
    assert trials.recorded() == described


def test_goals(tmp_path: Path) -> None:
    care = [item for item in _all("known", tmp_path) if item.trap.verdict == "care"]
    fixed = [item for item in care if item.outcome != "none"]
    safe = [item for item in fixed if item.outcome == "safe"]
    assert len(fixed) >= FIXED and len(safe) >= SAFE, [
        f"{item.trap.name}: {trials.described(item)}" for item in care if item not in safe
    ]


def _all(setting: Setting, folder: Path) -> list[Trial]:
    return [trials.trial(trap, setting, folder / trap.name) for trap in OURS]
