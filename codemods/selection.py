"""Which rules run where: `--select`, `--ignore` and `per-file-ignores`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from codemods.project.config import ConfigurationError, row_of
from codemods.project.discovery import matches
from codemods.rule import NOT_ANALYSED, Default, Rule, catalogue
from codemods.settings import Settings

_CODE = re.compile(r"[A-Z]{2}\d*")


class SelectionError(Exception):
    """A rule's name, code or code prefix that fits no rule."""


class Selection:
    """The rules that a project's settings and the caller want.

    `select` replaces the one of the settings, `ignore` adds to it.

    Raises:
        SelectionError: for an unknown rule that the caller names.
        ConfigurationError: for one that the settings name.
    """

    def __init__(
        self, root: Path, settings: Settings, select: Sequence[str], ignore: Sequence[str]
    ) -> None:
        chosen = codes(select) or _configured(root, "select", settings.select)
        left_out = codes(ignore) | _configured(root, "ignore", settings.ignore)
        self._root = root
        self._wanted = (chosen or _by_default()) - left_out
        self._unwanted = left_out
        self._per_file = tuple(
            (pattern, _configured(root, "per-file-ignores", rules))
            for pattern, rules in settings.per_file_ignores
        )

    def rules(self, path: Path) -> tuple[Rule, ...]:
        """The rules that are to run on a file."""
        ignored = self._ignored(path)
        return tuple(r for r in catalogue() if r.code in self._wanted and r.code not in ignored)

    def reports_skipped(self, path: Path) -> bool:
        """True if the file is to be reported where it cannot be analysed."""
        code = NOT_ANALYSED[0]
        return code not in self._unwanted and code not in self._ignored(path)

    def _ignored(self, path: Path) -> frozenset[str]:
        found = (rules for pattern, rules in self._per_file if matches(self._root, path, [pattern]))
        return frozenset().union(*found)


def codes(names: Iterable[str]) -> frozenset[str]:
    """The codes that names, codes and prefixes of codes stand for, several by commas.

    Raises:
        SelectionError: for one that fits no rule, with the nearest that does.
    """
    found: set[str] = set()
    for name in (part.strip() for item in names for part in item.split(",")):
        if name:
            found |= _codes(name)
    return frozenset(found)


def _known() -> dict[str, str]:
    return {NOT_ANALYSED[1]: NOT_ANALYSED[0], **{rule.name: rule.code for rule in catalogue()}}


def _by_default() -> frozenset[str]:
    opted_in = {rule.code for rule in catalogue() if rule.default is Default.OPT_IN}
    return frozenset(_known().values()) - opted_in


def _codes(name: str) -> set[str]:
    known = _known()
    if name.lower() == "all":
        return set(known.values())
    if name.lower() in known:
        return {known[name.lower()]}
    upper = name.upper()
    found = {code for code in known.values() if _CODE.fullmatch(upper) and code.startswith(upper)}
    if found:
        return found
    close = get_close_matches(name.lower(), known, n=1) or get_close_matches(
        upper, known.values(), n=1
    )
    hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(sorted(known))}"
    raise SelectionError(f"no rule is called `{name}`; {hint}")


def _configured(root: Path, key: str, names: Sequence[str]) -> frozenset[str]:
    try:
        return codes(names)
    except SelectionError as error:
        row = row_of(root, key)
        raise ConfigurationError(root / "pyproject.toml", row, f"`{key}`: {error}") from error
