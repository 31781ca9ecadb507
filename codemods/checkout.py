"""What `branch` asks of git: where a branch can start, and a temporary checkout to work in."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# Git sets these for its hooks; they would lead away from the worktree.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")

# Unattended: no hook, no passphrase, no daemon, no clean-up of the user's repository.
_QUIET = (
    "core.hooksPath=/dev/null",
    "commit.gpgSign=false",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=utf-8",
)


class BranchError(Exception):
    """Why no branch could be made, as a sentence for the user."""


def git(folder: Path, *arguments: str, text: str | None = None) -> str:
    """What `git -C FOLDER ARGUMENTS` prints, given `text` on stdin.

    Raises:
        BranchError: with what git says is wrong.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C"}
    settings = [word for setting in _QUIET for word in ("-c", setting)]
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *settings, *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env=environment,
            check=True,
        )
    except FileNotFoundError:
        raise BranchError("git is not installed") from None
    except subprocess.CalledProcessError as error:
        raise BranchError(error.stderr.strip() or f"git {arguments[0]} failed") from None
    return done.stdout.strip()


def succeeds(folder: Path, *arguments: str) -> bool:
    """True if git answers these arguments with success."""
    try:
        git(folder, *arguments)
    except BranchError:
        return False
    return True


def toplevel(places: Sequence[Path]) -> Path:
    """The folder of the one repository that all of the files and folders are in.

    Raises:
        BranchError: if there is none, or several.
    """
    tops = []
    for place in places:
        if not place.exists():
            raise BranchError(f"{place} does not exist")
        folder = place if place.is_dir() else place.parent
        try:
            tops.append(Path(os.path.realpath(git(folder, "rev-parse", "--show-toplevel"))))
        except BranchError as error:
            if "not a git repository" in str(error):
                raise BranchError(f"{place} is in no git repository") from None
            raise
    if len(set(tops)) != 1:
        raise BranchError("the paths lie in different git repositories")
    return tops[0]


def start_of(top: Path, name: str) -> str:
    """The commit of HEAD, where the branch `name` can begin.

    Raises:
        BranchError: if git would refuse the branch, or a commit.
    """
    allowed = succeeds(top, "check-ref-format", "--branch", name)
    if not allowed or not succeeds(top, "check-ref-format", f"refs/heads/{name}"):
        raise BranchError(f"{name!r} is not a name that git allows for a branch")
    if succeeds(top, "show-ref", "--verify", "--quiet", f"refs/heads/{name}"):
        raise BranchError(f"the branch {name} exists already; choose another name")
    taken = git(top, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()
    for other in taken:
        if other.startswith(f"{name}/") or name.startswith(f"{other}/"):
            raise BranchError(f"git allows no branch {name} next to the branch {other}")
    try:
        base = git(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except BranchError:
        raise BranchError(
            "the repository has no commit yet, so there is nothing to branch from"
        ) from None
    for identity in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if not succeeds(top, "var", identity):
            raise BranchError(
                "git does not know who you are: set user.name and user.email with git config"
            )
    return base


@contextmanager
def worktree(top: Path, base: str) -> Iterator[Path]:
    """A checkout of `base` in a temporary folder, removed on every way out."""
    with tempfile.TemporaryDirectory(prefix="minusn-", ignore_cleanup_errors=True) as folder:
        tree = Path(os.path.realpath(folder)) / top.name
        try:
            git(top, "worktree", "add", "--quiet", "--detach", str(tree), base)
            yield tree
        finally:
            succeeds(top, "worktree", "remove", "--force", "--force", str(tree))


def counterpart(place: Path, top: Path, tree: Path) -> Path:
    """Where the worktree has what the repository has at `place`.

    Raises:
        BranchError: if HEAD does not have it.
    """
    path = tree / place.relative_to(top)
    if not path.exists():
        raise BranchError(f"{place.relative_to(top).as_posix()} is not in HEAD: commit it first")
    return path
