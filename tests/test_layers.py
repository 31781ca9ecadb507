"""Imports point down: the table of layers, held against every import in the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "codemods"

VALUES = {"source", "patch", "finding", "rule", "settings", "formula"}
INTERFACES = {
    "cli",
    "branch",
    "checkout",
    "migrations",
    "verify",
    "lsp",
    "report",
    "docs",
    "testing",
    "demo",
}
SERVICES = {"branch", "verify", "docs", "report"}
ENGINE = {
    "engine", "workspace", "selection", "results", "union", "together", "fixing", "moving", "writing", "conflicts",
    "clean", "suppressed", "typed",
}  # fmt: skip

# What each layer may import of the package besides itself. A name that is missing here fails.
ALLOWED = {
    "source": set(),
    "patch": {"source"},
    "finding": {"patch", "source"},
    "rule": {"finding", "orm"},
    "settings": set(),
    "formula": set(),
    "facts": VALUES,
    "project": VALUES | {"facts"},
    "orm": VALUES | {"facts", "project"},
    "rules": VALUES | {"orm"},
    "rewrite": {"patch", "source", "settings", "edits"},
    "edits": {"source"},
    **{name: VALUES | ENGINE | {"facts", "project", "orm", "rewrite", "edits"} for name in ENGINE},
    "report": VALUES | ENGINE | {"edits", "project", "branch"},
    "branch": VALUES | ENGINE | {"edits", "project", "checkout"},
    "checkout": set(),
    "migrations": {"finding"},
    "verify": VALUES | ENGINE | {"edits", "project", "testing"},
    "docs": VALUES | ENGINE | {"edits", "project"},
    "demo": VALUES | ENGINE | {"edits", "project", "report", "testing"},
    "testing": VALUES | ENGINE | {"edits"},
    "lsp": VALUES | ENGINE | SERVICES | {"edits", "project"},
    "cli": VALUES | ENGINE | INTERFACES | {"edits", "project"},
    "__init__": {"engine"},
    "__main__": {"cli"},
}

# Libraries that only these layers speak to.
LIBRARIES = {
    "libcst": {"rewrite"},
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
    "sqlalchemy": {"testing", "demo", "verify"},
    "click": {"cli"},
    "alembic": {"migrations"},
    "ast": {
        "source",
        "facts",
        "orm",
        "edits",
        "project",
        "rewrite",
        "docs",
        "testing",
        "migrations",
        *ENGINE,
    },
}

MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not path.relative_to(PACKAGE).as_posix().startswith(("demo/app/", "_cases/"))
)


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The full names that a module imports anywhere, also for type checking only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = layer(path)
    known = {item.name.removesuffix(".py") for item in PACKAGE.iterdir()}
    inner = {
        parts[1]
        for name in imports(path)
        if (parts := name.split("."))[0] == "codemods" and len(parts) > 1 and parts[1] in known
    }
    assert inner - {own} <= ALLOWED[own], f"{own} imports {sorted(inner - {own} - ALLOWED[own])}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_stay_in_their_layer(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    for library, layers in LIBRARIES.items():
        assert library not in used or layer(path) in layers, f"{layer(path)} imports {library}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_small(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400
