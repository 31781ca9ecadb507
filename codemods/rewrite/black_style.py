"""black, for files that it would leave alone; loaded only where a file may be one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import black


@dataclass(frozen=True)
class BlackStyle:
    """black with a project's settings."""

    mode: black.Mode

    @property
    def width(self) -> int:
        return self.mode.line_length

    def formatted(self, text: str) -> str:
        """What black makes of a text, which must parse."""
        import black

        return black.format_str(text, mode=self.mode)


@lru_cache(maxsize=64)
def black_style(path: Path, text: str, indent: str) -> BlackStyle | None:
    """black's style with the settings of the file's project, if the file is in it.

    `indent` is one step of its indentation.
    """
    if indent != "    ":
        return None
    from black.parsing import InvalidInput

    try:
        style = BlackStyle(_mode(path))
        return style if style.formatted(text) == text else None
    except (InvalidInput, ValueError, TypeError):
        return None


def _mode(path: Path) -> black.Mode:
    import black
    from black.const import DEFAULT_LINE_LENGTH
    from black.mode import TargetVersion

    options = _options(path)
    versions = options.get("target-version", ())
    known = {version.name.lower(): version for version in TargetVersion}
    return black.Mode(
        line_length=int(options.get("line-length", DEFAULT_LINE_LENGTH)),
        target_versions={known[name] for name in versions if name in known},
        string_normalization=not options.get("skip-string-normalization", False),
        magic_trailing_comma=not options.get("skip-magic-trailing-comma", False),
        is_pyi=path.suffix == ".pyi",
    )


def _options(path: Path) -> Mapping[str, Any]:
    """`[tool.black]` of the nearest pyproject.toml; what ruff's formatter is told is as good."""
    for folder in path.parents:
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            tool = tomllib.loads(file.read_text("utf-8")).get("tool", {})
        except (OSError, ValueError):
            return {}
        tool = _table(tool)
        if "black" in tool:
            return _table(tool["black"])
        return _of_ruff(_table(tool.get("ruff")))
    return {}


def _table(value: object) -> Mapping[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _of_ruff(ruff: Mapping[str, Any]) -> Mapping[str, Any]:
    quotes = _table(ruff.get("format")).get("quote-style", "double")
    options = {"skip-string-normalization": quotes != "double"}
    return options | ({"line-length": ruff["line-length"]} if "line-length" in ruff else {})
