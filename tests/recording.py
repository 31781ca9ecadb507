"""Objects that note which of their attributes are read, and renderers run on them."""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from codemods.facts.read import read_module
from codemods.orm.declarations import Declarations
from codemods.orm.renderer import Renderer
from codemods.project.index import ProjectIndex
from codemods.settings import Settings
from codemods.source import SourceFile

_NUMBERS = count(1)


class Keyed(dict[str, Any]):
    """A dict that stays one."""


class Recorded:
    """An object with the given attributes; the dotted path of each read goes into `log`."""

    def __init__(self, values: dict[str, Any], log: set[str], path: str = "") -> None:
        self.__dict__["_state"] = (values, log, path)

    def __getattr__(self, name: str) -> Any:
        values, log, path = self.__dict__["_state"]
        if name not in values:
            raise AttributeError(name)
        where = f"{path}.{name}" if path else name
        log.add(where)
        return recorded(values[name], log, where)

    def __str__(self) -> str:
        _, log, path = self.__dict__["_state"]
        log.add(f"{path}.__str__")
        return path


def recorded(value: Any, log: set[str], path: str = "") -> Any:
    """`value` with its dicts as objects that record."""
    if isinstance(value, Keyed):
        return {key: recorded(item, log, path) for key, item in value.items()}
    if isinstance(value, dict):
        return Recorded(value, log, path)
    if isinstance(value, list):
        return [recorded(item, log, path) for item in value]
    return value


class Written:
    """A project of one package that is read by the tool and imported as well."""

    def __init__(self, folder: Path, **modules: str) -> None:
        self.package = f"written{next(_NUMBERS)}"
        self.folder = folder / self.package
        self.folder.mkdir(parents=True)
        texts = {"__init__": "", **modules}
        self.sources: dict[Path, SourceFile] = {}
        facts = []
        for name, text in texts.items():
            path = self.folder / f"{name}.py"
            data = re.sub(r"\bapp\b", self.package, textwrap.dedent(text)).lstrip().encode()
            path.write_bytes(data)
            source = self.sources[path] = SourceFile(path, data)
            module = self.package if name == "__init__" else f"{self.package}.{name}"
            facts.append(read_module(source, module, name == "__init__"))
        self.index = ProjectIndex.build(folder, Settings(), facts)
        self.known = Declarations(self.index, self.sources.__getitem__)

    def name(self, rest: str) -> str:
        return f"{self.package}.{rest}"

    @contextmanager
    def imported(self, module: str) -> Iterator[ModuleType]:
        """The module itself; what it imports of the project is imported as well."""
        sys.path.insert(0, str(self.folder.parent))
        importlib.invalidate_caches()
        try:
            yield importlib.import_module(self.name(module))
        finally:
            sys.path.remove(str(self.folder.parent))


def reads_of(renderer: Renderer, value: Any) -> set[str]:
    """The paths that a renderer's function reads of objects made of `value`."""
    log: set[str] = set()
    module = ast.Module([renderer.function], [])
    ast.fix_missing_locations(module)
    names: dict[str, Any] = {name: _object(full) for name, full in renderer.names.items()}
    names |= {name: _instance(full) for name, full in renderer.instances.items()}
    free = {node.id for node in ast.walk(renderer.function) if isinstance(node, ast.Name)}
    for name in free - names.keys():
        if not hasattr(builtins, name):
            names[name] = True
    exec(compile(module, "<renderer>", "exec"), names)
    names["render"](recorded(value, log))
    return log


def _object(full_name: str) -> Any:
    parts = full_name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found
    raise AssertionError(full_name)


def _instance(full_name: str) -> Any:
    made = _object(full_name)
    for name in ("model_construct", "construct"):
        if hasattr(made, name):
            return getattr(made, name)()
    return made()
