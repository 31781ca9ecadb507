"""Whatever the code is: nothing crashes, nothing is lost, and a second run changes nothing.

`MINUSN_EXAMPLES=1000 pytest tests/test_properties.py` looks for longer, and elsewhere each time.
"""

from __future__ import annotations

import ast
import builtins
import io
import os
import shutil
import tokenize
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from pieces import AGAIN
from plausible_code import dressed, modules, mutated, parses

from codemods import check, diff
from codemods.edits import apply_edits
from codemods.results import Changes
from codemods.source import SourceFile

CASES = Path(__file__).parent.parent / "before_after"
# Of those in AGAIN test_together says what a second run makes.
TEXTS = [
    path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    for path in sorted((*CASES.glob("*/*/before.py"), *CASES.glob("*/left_alone/*.py")))
    if parses(path.read_bytes())
    if f"{path.parts[-3]}/{path.parts[-2]}" not in AGAIN
    if f"{path.parts[-3]}/{path.stem}" not in AGAIN
]
EXAMPLES = int(os.environ.get("MINUSN_EXAMPLES", "0"))


def examples(number: int) -> settings:
    """Settings for a test that looks at `number` examples in a short run."""
    return settings(
        max_examples=EXAMPLES or number,
        derandomize=not EXAMPLES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the models that the code is about."""
    root = tmp_path_factory.mktemp("project")
    for name in ("shop", "shop_flask", "shop_typed"):
        shutil.copytree(CASES / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CASES / "pyproject.toml", root)
    return root


def comments(data: bytes) -> Counter[str]:
    """The comments of a file, where `tokenize` can tell: it knows less than Python's parser."""
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(data).readline))
    except (tokenize.TokenError, SyntaxError):
        return Counter()
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


def unknown_names(data: bytes) -> set[str]:
    """Names that are read and nowhere bound in a file."""
    read, bound = set(dir(builtins)), set(dir(builtins))
    for node in ast.walk(ast.parse(data)):
        match node:
            case ast.Name(id=name, ctx=context):
                (read if isinstance(context, ast.Load) else bound).add(name)
            case ast.alias(name=name, asname=asname):
                bound.add(asname or name.partition(".")[0])
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                bound.add(name)
            case ast.arg(arg=name):
                bound.add(name)
    return read - bound


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def planned(path: Path, data: bytes, *, review: bool = False) -> Changes:
    """What a diff changes, when it is held to what holds for every diff."""
    changes = diff([path], review=review, overlay={path: data})
    assert not changes.failures
    for change in changes.files:
        source = SourceFile(change.path, change.before)
        assert apply_edits(source, change.edits) == change.after
        assert not unknown_names(change.after) - unknown_names(change.before)
        before, after = (_lines(data) for data in (change.before, change.after))
        assert not comments(before) - comments(after)
    return changes


def settles(path: Path, data: bytes) -> None:
    """Hold a file to what is promised for any file."""
    report = check([path], overlay={path: data})
    assert not report.failures
    planned(path, data)
    changes = planned(path, data, review=True)
    after = next((c.after for c in changes.files if c.path == path), data)
    again = planned(path, after, review=True)
    assert not again.files


@examples(35)
@given(dressed(modules()))
def test_plausible_code(shop: Path, data: bytes) -> None:
    assume(parses(data))
    settles(shop / "report.py", data)


@examples(35)
@given(dressed(mutated(TEXTS)))
def test_real_code_with_mistakes(shop: Path, data: bytes) -> None:
    assume(parses(data))
    settles(shop / "report.py", data)
