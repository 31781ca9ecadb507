"""Golden cases: folders with code before and after a rule, and a scenario that runs both."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

Side = Literal["before", "after"]

# A rule of these is looked at together with the others, a rule besides them by itself.
_CODEMODS = ("eager-load", "hoist-lookup", "batch-helper", "merge-counts")
# A folder of cases that is not a rule's: each lists its rules.
_SEEDS = "seeds"
_SETTINGS = ("FIXED", "MODELS", "MODULE", "REQUIRES", "RULES")
_OVERRIDE = re.compile(r"^# pyproject: ((\S+)\s*=.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One folder `<root>/<rule>/<case>` with `before`, `after` and `scenario.py`.

    Those in `<root>/seeds` are about code and not about a rule.
    """

    folder: Path

    @property
    def rule(self) -> str:
        """The name of the rule, `eager-load`; `seeds` is none."""
        return self.folder.parent.name.replace("_", "-")

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that make `after` of `before`; those that `scenario.py` lists as `RULES`."""
        own = _CODEMODS if self.rule in _CODEMODS else (self.rule,)
        return tuple(self._settings.get("RULES", own))

    @property
    def fixed(self) -> bool:
        """False for a case that is only checked and run: `FIXED = False`."""
        return bool(self._settings.get("FIXED", True))

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return _constants(self.folder / "scenario.py")

    @property
    def id(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def root(self) -> Path:
        return self.folder.parent.parent

    @property
    def statements_file(self) -> Path:
        return self.folder / "statements.txt"

    @property
    def main(self) -> str:
        """The module that the scenario is handed; of a folder the one that it names `MODULE`."""
        return str(self._settings.get("MODULE", "main"))

    @cached_property
    def is_folder(self) -> bool:
        return (self.folder / "before").is_dir()

    def files(self, side: Side) -> dict[str, bytes]:
        """The files of one side by their names in the project; a single file is `main.py`."""
        if not self.is_folder:
            path = self.folder / f"{side}.py"
            return {"main.py": path.read_bytes()} if path.exists() else {}
        base = self.folder / side
        return {
            path.relative_to(base).as_posix(): path.read_bytes()
            for path in sorted(base.rglob("*"))
            if path.suffix == ".py" or (path.parent.name == "templates" and path.is_file())
        }

    def write(self, side: Side, files: Mapping[str, bytes]) -> None:
        """Make `files` the side's files."""
        for name, content in files.items():
            path = self.folder / side / name if self.is_folder else self.folder / f"{side}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)

    def project(self, target: Path, side: Side = "before") -> list[Path]:
        """Copy the case into `target` as the project that the tool sees; gives its own modules."""
        settings = self.folder / "pyproject.toml"
        if not settings.exists():
            settings = self.root / "pyproject.toml"
        paths = make_project(target, self.root, self.files(side), settings.read_text("utf-8"))
        return [path for path in paths if path.suffix == ".py"]

    @cached_property
    def scenario(self) -> ModuleType:
        return _load("scenario", self.folder / "scenario.py")

    def option(self, name: str, default: Any = None) -> Any:
        """What `scenario.py` defines as `name`."""
        return getattr(self.scenario, name, default)

    def missing(self, sqlalchemy: tuple[int, ...], database: str) -> str | None:
        """Why the case cannot run on this version and database, or None."""
        own = self._settings
        shared = _constants(self.root / str(own.get("MODELS", "shop")) / "__init__.py")
        requires = {**shared.get("REQUIRES", {}), **own.get("REQUIRES", {})}
        needed = tuple(int(part) for part in requires.get("sqlalchemy", "0").split("."))
        if sqlalchemy < needed:
            return f"needs SQLAlchemy {requires['sqlalchemy']}"
        if requires.get("database", database) != database:
            return f"needs {requires['database']}"
        return None

    @cached_property
    def own_models(self) -> bool:
        """True if the models are the case's own and not those of a shared package."""
        seed = self.option("seed")
        return seed is not None and seed.__code__.co_argcount == 3

    @property
    def shared(self) -> ModuleType:
        """The `models` module of the shared package."""
        with _importable(self.root):
            return importlib.import_module(f"{self.package}.models")

    @property
    def package(self) -> str:
        return str(self.option("MODELS", "shop"))

    def seed(self) -> Callable[..., object]:
        """The function `(module, session, n)` that fills empty tables."""
        own = self.option("seed")
        if self.own_models:
            return lambda module, session, n: own(module, session, n)
        with _importable(self.root):
            shared = importlib.import_module(f"{self.package}.data").seed
        return lambda module, session, n: (own or shared)(session, n)

    @contextmanager
    def module(self, side: Side) -> Iterator[ModuleType]:
        """The imported `before` or `after` (of a folder `MODULE`), while the block runs."""
        base = self.folder / side if self.is_folder else None
        path = self.folder / f"{side}.py"
        names = {Path(name).parts[0].removesuffix(".py") for name in self.files(side)}
        hidden = {
            name: sys.modules.pop(name)
            for name in list(sys.modules)
            if base and name.partition(".")[0] in names
        }
        try:
            with _importable(self.root), _importable(base):
                yield importlib.import_module(self.main) if base else _load("main", path)
        finally:
            for name in list(sys.modules):
                if base and name.partition(".")[0] in names:
                    del sys.modules[name]
            sys.modules.update(hidden)


@dataclass(frozen=True)
class LeftAlone:
    """One file `<root>/<rule>/left_alone/NAME.py`: code that the rule must not touch."""

    path: Path

    @property
    def rule(self) -> str | None:
        """The rule that the file is about; None for a file that is about all."""
        folder = self.path.parent.parent
        if folder == self.root or folder.name == _SEEDS:
            return None
        return folder.name.replace("_", "-")

    @property
    def id(self) -> str:
        return f"{self.path.parent.parent.name}/{self.path.stem}"

    @property
    def root(self) -> Path:
        folder = self.path.parent.parent
        return folder.parent if (folder.parent / "pyproject.toml").exists() else folder

    def project(self, target: Path) -> Path:
        """Copy the file into `target` as the `main.py` of a project."""
        text = self.path.read_bytes().decode("utf-8")
        settings = (self.root / "pyproject.toml").read_text("utf-8")
        for line, key in _OVERRIDE.findall(text):
            settings = re.sub(rf"(?m)^{key}\s*=.*\n", "", settings)
            settings = settings.replace("[tool.minusn]\n", f"[tool.minusn]\n{line}\n")
        return make_project(target, self.root, {"main.py": text.encode()}, settings)[0]


def cases(root: Path) -> list[Case]:
    """Every case below `root`, by rule and name."""
    return [Case(path.parent) for path in sorted(root.glob("*/*/scenario.py"))]


def left_alone(root: Path) -> list[LeftAlone]:
    """Every file below `root` that has to stay as it is."""
    return [LeftAlone(path) for path in sorted(root.glob("**/left_alone/*.py"))]


def make_project(target: Path, root: Path, files: Mapping[str, bytes], settings: str) -> list[Path]:
    """Write a project: `files`, the shared packages of `root` that they name, a `pyproject.toml`.

    Returns:
        The paths of `files`.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / "pyproject.toml").write_text(settings, "utf-8")
    text = b"\n".join(files.values()).decode("utf-8", "replace")
    for package in sorted(root.glob("*/__init__.py")):
        if not re.search(rf"\b{package.parent.name}\b", text):
            continue
        shutil.copytree(
            package.parent,
            target / package.parent.name,
            ignore=shutil.ignore_patterns("__pycache__"),
            dirs_exist_ok=True,
        )
    paths = []
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    return paths


def _constants(path: Path) -> dict[str, Any]:
    """The settings of a file that may not be importable on the running SQLAlchemy."""
    if not path.exists():
        return {}
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in _SETTINGS
    }


def _load(name: str, path: Path) -> ModuleType:
    spec = spec_from_file_location(name, path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    with _importable(path.parent.parent.parent):
        spec.loader.exec_module(module)
    return module


@contextmanager
def _importable(folder: Path | None) -> Iterator[None]:
    """Let imports find `folder` and write no bytecode, which is stale once a file is blessed."""
    if folder is None:
        yield
        return
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = written
