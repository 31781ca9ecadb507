"""black, for files that it would leave alone, or nearly; loaded only where a file may be one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import black
    from black.mode import TargetVersion

# How wide black and ruff make the lines if they are not told.
_WIDTH = 88
# Of how many lines black may change one where a file is nearly its own.
_FEW = 20


@dataclass(frozen=True)
class BlackStyle:
    """black with a project's settings, for a file with this text.

    `exact` is False for a file of which black would change a few lines.
    """

    mode: black.Mode
    text: str = field(repr=False)
    exact: bool = True

    @property
    def width(self) -> int:
        return self.mode.line_length

    def formatted(self, text: str) -> str:
        """What black makes of a text, which must parse."""
        return _formatted(text, _Mode(self.mode.get_cache_key(), self.mode))

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
        """True if more than a few lines of some statements are not black's, whatever the rest is."""
        from black.mode import TargetVersion

        if self.mode.target_versions:
            return not is_near(text, self.formatted(text))
        return not any(is_near(text, self._for(text, v)) for v in (_latest(), TargetVersion))

    def _for(self, text: str, versions: Iterable[TargetVersion]) -> str:
        """What black makes of a text if it has to run under all of these versions."""
        mode = replace(self.mode, target_versions=set(versions))
        return _formatted(text, _Mode(mode.get_cache_key(), mode))

    @cached_property
    def divisible(self) -> bool:
        """Whether the form of a statement does not depend on the rest of the file."""
        return not any(marker in self.text for marker in _SWITCHES)

    @cached_property
    def _versions(self) -> frozenset[TargetVersion]:
        return _versions(self.text)


@dataclass(frozen=True)
class _Mode:
    """A mode, which cannot be hashed, with what tells it from others."""

    key: str
    mode: black.Mode = field(compare=False)


@lru_cache(maxsize=128)
def _formatted(text: str, mode: _Mode) -> str:
    """What black makes of a text. Alone and with others, a fix often asks for the same."""
    import black

    return black.format_str(text, mode=mode.mode)


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
        formatted = style.formatted(text)
        if formatted == text:
            return style
        near = style.divisible and is_near(text, formatted)
        return replace(style, exact=False) if near else None
    except (ValueError, TypeError):
        return None


def is_near(text: str, formatted: str) -> bool:
    """True if black changes no more than a few lines of a text."""
    if text == formatted:
        return True
    lines = text.split("\n")
    changes = SequenceMatcher(None, lines, formatted.split("\n")).get_opcodes()
    changed = sum(max(i2 - i1, 1) for tag, i1, i2, _, _ in changes if tag != "equal")
    return _FEW * changed <= len(lines)


def kept_lines(before: str, after: str, old: str) -> str:
    """What black makes of a changed text, but for the lines of the old one that it need not touch.

    Args:
        before: what black makes of `old`, the text before the change.
        after: what black makes of the text after it.
    """
    lines, wanted, olds = (each.splitlines(keepends=True) for each in (before, after, old))
    same = SequenceMatcher(None, lines, wanted).get_matching_blocks()
    found, done = [], 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, lines, olds).get_opcodes():
        block = next((b for b in same if b.a <= i1 and i2 <= b.a + b.size and b.size), None)
        if tag == "equal" or block is None or (i1 == i2 and i1 in (block.a, block.a + block.size)):
            continue
        at = block.b + i1 - block.a
        found += [*wanted[done:at], *olds[j1:j2]]
        done = at + i2 - i1
    return "".join([*found, *wanted[done:]])


def _mode(path: Path) -> black.Mode:
    import black

    options = _options(path)
    return black.Mode(
        line_length=int(options.get("line-length", _WIDTH)),
        target_versions=_targets(options),
        string_normalization=not options.get("skip-string-normalization", False),
        magic_trailing_comma=not options.get("skip-magic-trailing-comma", False),
        is_pyi=path.suffix == ".pyi",
    )


def _targets(options: Mapping[str, Any]) -> set[TargetVersion]:
    """The versions of Python that the project names, for black or for itself."""
    from black.files import infer_target_version
    from black.mode import TargetVersion

    if (names := options.get("target-version")) is not None:
        known = {version.name.lower(): version for version in TargetVersion}
        return {known[name] for name in names if name in known}
    return set(infer_target_version({"project": options.get("project", {})}) or ())


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
            settings = tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        tool = _table(settings.get("tool"))
        if "black" in tool:
            options: Mapping[str, Any] = {"line-length": _WIDTH, **_table(tool["black"])}
        else:
            options = _of_ruff(_table(tool.get("ruff")))
        return {**options, "project": _table(settings.get("project"))}
    return {}


def _table(value: object) -> Mapping[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _of_ruff(ruff: Mapping[str, Any]) -> Mapping[str, Any]:
    quotes = _table(ruff.get("format")).get("quote-style", "double")
    options: dict[str, Any] = {"skip-string-normalization": quotes != "double"}
    return options | ({"line-length": ruff.get("line-length", _WIDTH)} if ruff else {})
