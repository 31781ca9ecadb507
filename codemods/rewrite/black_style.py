"""black, for files that it would leave alone; loaded only where a file may be one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import black
    from black.mode import TargetVersion

# How wide black and ruff make the lines if they are not told.
_WIDTH = 88


@dataclass(frozen=True)
class BlackStyle:
    """black with a project's settings, for a file with this text."""

    mode: black.Mode
    text: str = field(repr=False)

    @property
    def width(self) -> int:
        return self.mode.line_length

    def formatted(self, text: str) -> str:
        """What black makes of a text, which must parse."""
        import black

        return black.format_str(text, mode=self.mode)

    def formatted_part(self, text: str) -> str:
        """What black makes of some of the file's statements and new ones, where it stands alone.

        Raises:
            ValueError: if that depends on the rest of the file.
        """
        from black.mode import TargetVersion

        if self.mode.target_versions:
            return self.formatted(text)
        oldest = self._for(text, TargetVersion)
        if oldest == self._for(text, _latest()):
            return oldest
        versions = self._versions & _versions(text)
        if not versions:
            raise ValueError("no version of Python has the syntax of all parts")
        return self._for(text, versions)

    def alters(self, text: str) -> bool:
        """True if some of the file's statements are not black's, whatever the rest is."""
        from black.mode import TargetVersion

        if self.mode.target_versions:
            return self.formatted(text) != text
        return self._for(text, _latest()) != text and self._for(text, TargetVersion) != text

    def _for(self, text: str, versions: Iterable[TargetVersion]) -> str:
        """What black makes of a text if it has to run under all of these versions."""
        import black

        return black.format_str(text, mode=replace(self.mode, target_versions=set(versions)))

    @cached_property
    def divisible(self) -> bool:
        """Whether the form of a statement does not depend on the rest of the file."""
        return not any(marker in self.text for marker in _SWITCHES)

    @cached_property
    def _versions(self) -> frozenset[TargetVersion]:
        return _versions(self.text)


def _latest() -> list[TargetVersion]:
    from black.mode import TargetVersion

    return [max(TargetVersion, key=lambda version: version.value)]


# Comments that turn black off for the lines that follow.
_SWITCHES = ("fmt:", "yapf:")


def _versions(text: str) -> frozenset[TargetVersion]:
    """The versions of Python that have all the syntax of a text, as black sees it."""
    from black import detect_target_versions, get_future_imports
    from black.parsing import lib2to3_parse

    tree = lib2to3_parse(text.lstrip())
    return frozenset(detect_target_versions(tree, future_imports=get_future_imports(tree)))


@lru_cache(maxsize=64)
def black_style(path: Path, text: str, head: str, quoted: bool) -> BlackStyle | None:
    """black's style with the settings of the file's project, if the file is in it.

    Args:
        head: the first statements of the file: most files show there that they are not in it.
        quoted: the file has a string in single quotes that could be in double ones.
    """
    try:
        style = BlackStyle(_mode(path), text)
        if style.divisible:
            if quoted and style.mode.string_normalization:
                return None
            if head and style.alters(head):
                return None
        return style if style.formatted(text) == text else None
    except (ValueError, TypeError):
        return None


def _mode(path: Path) -> black.Mode:
    import black
    from black.mode import TargetVersion

    options = _options(path)
    versions = options.get("target-version", ())
    known = {version.name.lower(): version for version in TargetVersion}
    return black.Mode(
        line_length=int(options.get("line-length", _WIDTH)),
        target_versions={known[name] for name in versions if name in known},
        string_normalization=not options.get("skip-string-normalization", False),
        magic_trailing_comma=not options.get("skip-magic-trailing-comma", False),
        is_pyi=path.suffix == ".pyi",
    )


def told_width(path: Path) -> int | None:
    """How wide the project's formatter is to make the lines; None if it has none."""
    width = _options(path).get("line-length")
    return width if isinstance(width, int) else None


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
            return {"line-length": _WIDTH, **_table(tool["black"])}
        return _of_ruff(_table(tool.get("ruff")))
    return {}


def _table(value: object) -> Mapping[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _of_ruff(ruff: Mapping[str, Any]) -> Mapping[str, Any]:
    quotes = _table(ruff.get("format")).get("quote-style", "double")
    options: dict[str, Any] = {"skip-string-normalization": quotes != "double"}
    return options | ({"line-length": ruff.get("line-length", _WIDTH)} if ruff else {})
