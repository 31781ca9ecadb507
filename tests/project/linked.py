"""A project of a few files, linked, for tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from codemods.facts.read import read_module
from codemods.facts.values import ModuleFacts
from codemods.project.index import ProjectIndex
from codemods.settings import Settings
from codemods.source import SourceFile

ROOT = Path("/project")


def facts_of(name: str, text: str, root: Path = ROOT) -> ModuleFacts:
    """The facts of one file; `name` is its path in the project."""
    parts = name.removesuffix(".py").split("/")
    is_package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if is_package else parts)
    source = SourceFile(root / name, dedent(text).encode("utf-8"))
    return read_module(source, module, is_package)


def index_of(
    files: dict[str, str], settings: Settings | None = None, root: Path = ROOT
) -> ProjectIndex:
    """The index of files by their paths in the project."""
    modules = [facts_of(name, text, root) for name, text in files.items()]
    return ProjectIndex.build(root, settings or Settings(), modules)
