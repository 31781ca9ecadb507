"""What a project declares that it needs: in whichever of Python's many files it does so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#()\\]*)")
_CLASSIFIER = re.compile(r"Programming Language :: Python :: 3\.(\d+)")
_QUOTED = re.compile(r"""["']([A-Za-z][\w.-]*(?:\[[\w,\s-]*\])?\s*(?:[<>=!~][^"']*)?)["']""")
_PYTHON_REQUIRES = re.compile(r"""python_requires\s*=\s*["']?([^"'\n#]+)""")


@dataclass
class Declared:
    """Declared dependencies as (name, range), ranges of Python, and classified 3.x minors."""

    requirements: list[tuple[str, str]] = field(default_factory=list)
    pythons: list[str] = field(default_factory=list)
    classified: set[int] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.requirements}

    def ranges(self, name: str) -> list[str]:
        return [text for wanted, text in self.requirements if wanted == name and text]

    def add(self, requirement: str) -> None:
        match = _REQUIREMENT.match(requirement)
        if match:
            self.add_pair(match.group(1), match.group(2).strip())

    def add_pair(self, name: str, text: str) -> None:
        self.requirements.append((re.sub(r"[-_.]+", "-", name).lower(), text))


def declared(root: Path) -> Declared:
    """Everything that the files at `root` declare; a file that cannot be read declares nothing."""
    found = Declared()
    _pyproject(_toml(root / "pyproject.toml"), found)
    _pipfile(_toml(root / "Pipfile"), found)
    for path in _requirement_files(root):
        for line in _text(path).splitlines():
            if not line.lstrip().startswith(("#", "-")) and "://" not in line.split("#")[0]:
                found.add(line)
    for name in ("setup.py", "setup.cfg"):
        text = _text(root / name)
        _setup(text, found, quoted=name == "setup.py")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return {}


def _requirement_files(root: Path) -> list[Path]:
    patterns = (
        "*requirements*.txt",
        "*requirements*.in",
        "requirements/*.txt",
        "requirements/*.in",
    )
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def _pyproject(document: dict[str, Any], found: Declared) -> None:
    project = _table(document, "project")
    lists = [project.get("dependencies"), *_table(project, "optional-dependencies").values()]
    lists += _table(document, "dependency-groups").values()
    for requirements in lists:
        for requirement in requirements if isinstance(requirements, list) else ():
            if isinstance(requirement, str):
                found.add(requirement)
    if isinstance(project.get("requires-python"), str):
        found.pythons.append(project["requires-python"])
    for classifier in project.get("classifiers") or ():
        if match := _CLASSIFIER.match(str(classifier)):
            found.classified.add(int(match.group(1)))
    for name, text in _poetry(_table(document, "tool", "poetry")):
        if name == "python":
            found.pythons.append(text)
        else:
            found.add_pair(name, text)


def _poetry(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    groups = [_table(table, "dependencies"), _table(table, "dev-dependencies")]
    groups += (_table(table, "group", name, "dependencies") for name in _table(table, "group"))
    for group in groups:
        for name, value in group.items():
            yield name, _exact(_version(value))


def _pipfile(document: dict[str, Any], found: Declared) -> None:
    for section in ("packages", "dev-packages"):
        for name, value in _table(document, section).items():
            found.add_pair(name, _version(value))
    version = _table(document, "requires").get("python_version")
    if isinstance(version, str):
        found.pythons.append(version)


def _version(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("version", "")
    return value if isinstance(value, str) and value != "*" else ""


def _exact(text: str) -> str:
    """Poetry takes a bare version to be exact."""
    return f"=={text}" if re.match(r"\d+(\.\d+)*$", text) else text


def _setup(text: str, found: Declared, *, quoted: bool) -> None:
    found.classified.update(int(minor) for minor in _CLASSIFIER.findall(text))
    found.pythons.extend(match.strip() for match in _PYTHON_REQUIRES.findall(text))
    if quoted:
        for requirement in _QUOTED.findall(text):
            found.add(requirement)
        return
    for line in re.findall(r"^(?:install_requires\s*=[ \t]*)?[ \t]*(\S.*)$", text, re.MULTILINE):
        if re.match(r"[A-Za-z][\w.-]*(\[[\w,\s-]*\])?\s*([<>=!~]=?\s*\d.*)?$", line):
            found.add(line)


def _table(document: dict[str, Any], *keys: str) -> dict[str, Any]:
    value: Any = document
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
