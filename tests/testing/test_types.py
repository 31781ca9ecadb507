"""In annotated files what is written is annotated: mypy reports nothing that it did not before."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from pieces import ROOT

from codemods import testing
from codemods.testing.case import Side

SIDES: tuple[Side, ...] = get_args(Side)
EVERY = [case for case in testing.cases(ROOT) if case.fixed]


def _is_typed(case: testing.Case) -> bool:
    """True for code of annotated models and functions, of the shop or of its own."""
    text = "".join(content.decode() for content in case.files("before").values())
    own = "Mapped[" in text and not re.search(r"^ *(async )?def .*\):$", text, re.MULTILINE)
    return case.package == "shop_typed" or own


CASES = [case for case in EVERY if _is_typed(case)]
# mypy takes the columns of these models for plain values, also in code written by hand
UNTYPED = [case for case in EVERY if not _is_typed(case)]


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """What mypy, at its strictest, says about both sides of every case, in few runs."""
    folder = tmp_path_factory.mktemp("typed")
    for package in {case.package for case in EVERY}:
        shutil.copytree(ROOT / package, folder / package)
    single: list[str] = []
    batches: list[dict[str, set[str]]] = []
    for case, side in ((case, side) for case in EVERY for side in SIDES):
        home = folder / _name(case.id, side)
        files = {name: text for name, text in case.files(side).items() if name.endswith(".py")}
        if list(files) == ["main.py"]:
            single.append(home.name)
            files["__init__.py"] = b""
        else:
            # these import each other by their names, and no two of a run may have one name
            if "main.py" in files:
                files[f"main_of_{home.name}.py"] = files.pop("main.py")
            modules = {Path(name).parts[0] for name in files}
            fitting = (one for one in batches if modules.isdisjoint(set().union(*one.values())))
            batch = next(fitting, None)
            if batch is None:
                batches.append(batch := {})
            batch[home.name] = modules
        for name, content in files.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if path.parent != home:
                (path.parent / "__init__.py").touch()
    told = _told(folder, single, [folder])
    for batch in batches:
        told |= _told(folder, list(batch), [folder / name for name in batch])
    return told


def _told(folder: Path, names: list[str], homes: list[Path]) -> dict[str, Counter[str]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-color-output", "--no-error-summary"]
    done = subprocess.run(
        [*command, "--cache-dir", str(folder / "cache"), *names],
        cwd=folder, capture_output=True, text=True, timeout=600,
        env={**os.environ, "MYPYPATH": os.pathsep.join(map(str, homes))},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    told: dict[str, Counter[str]] = {name: Counter() for name in names}
    for line in done.stdout.splitlines():
        match = re.match(r"(\w+)/[\w/]+\.py:\d+: error: (.+)", line)
        if match and match[1] in told:
            told[match[1]][match[2]] += 1
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_nothing_new(case: testing.Case, errors: dict[str, Counter[str]]) -> None:
    new = errors[_name(case.id, "after")] - errors[_name(case.id, "before")]
    assert not new, sorted(new.elements())


@pytest.mark.parametrize("case", UNTYPED, ids=lambda case: case.id)
def test_annotated_functions_stay_annotated(
    case: testing.Case, errors: dict[str, Counter[str]]
) -> None:
    before = errors[_name(case.id, "before")]
    if any("[no-untyped-def]" in message for message in before):
        pytest.skip("not all of its functions are annotated")
    new = errors[_name(case.id, "after")] - before
    assert not any("no-untyped" in message for message in new), sorted(new)
    if case.rule == "eager-load":
        assert all(message.startswith('Argument 1 to "selectinload"') for message in new)


def test_every_rule_has_a_typed_case(errors: dict[str, Counter[str]]) -> None:
    assert {case.rule for case in CASES} == {case.rule for case in EVERY} - {"seeds"}
    assert not {case.id: found for case in CASES if (found := errors[_name(case.id, "before")])}


def _name(case: str, side: str) -> str:
    return f"{case.replace('/', '_')}_{side}"
