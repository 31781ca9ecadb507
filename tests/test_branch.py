"""`minusn apply --branch NAME`, on real repositories."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_project import CLEAN, ONE, REPOSITORY, TWO_ON_ONE_QUERY, make

from codemods.branch import BranchError, BranchResult, apply_on_branch
from codemods.engine import check, diff
from codemods.report.changes import branch_text


@pytest.fixture(autouse=True)
def own_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that knows no configuration but this one."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two files with a fix each, one of them with two on one query, all committed."""
    root = tmp_path / "repository"
    make(root, one=ONE, two=TWO_ON_ONE_QUERY, clean=CLEAN)
    git(root, "init", "-q")
    commit(root)
    return root


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "start")


def users_state(root: Path) -> dict[str, object]:
    """Everything that has to stay as it is."""
    head = (root / ".git" / "HEAD").read_bytes()
    index = root / ".git" / "index"
    files = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {
        "head": head,
        "commit": git(root, "rev-parse", "HEAD"),
        "index": (index.read_bytes(), index.stat().st_mtime_ns),
        "files": {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files},
        "worktrees": git(root, "worktree", "list", "--porcelain"),
        "stash": git(root, "stash", "list"),
    }


@pytest.fixture
def untouched(repository: Path) -> Iterator[None]:
    before = users_state(repository)
    yield
    assert users_state(repository) == before


@pytest.mark.usefixtures("untouched")
def test_one_commit_per_fix(repository: Path) -> None:
    wanted = {change.path: change.after for change in diff([repository]).files}
    result = apply_on_branch("faster", [repository])
    assert result.created and not result.uncommitted
    assert (result.name, result.base) == ("faster", git(repository, "rev-parse", "HEAD").strip())
    assert len(result.commits) == 3 and result.left == ()
    made = git(repository, "rev-list", "--reverse", "main..faster").split()
    assert made == [item.sha for item in result.commits]
    for path, after in wanted.items():
        name = path.relative_to(repository).as_posix()
        assert git(repository, "show", f"faster:{name}").encode() == after
    changed = git(repository, "diff", "--name-only", "main", "faster").split()
    assert changed == ["app/one.py", "app/two.py"]


@pytest.mark.usefixtures("untouched")
def test_each_commit_is_valid_alone(repository: Path, tmp_path: Path) -> None:
    before = len(check([repository]).findings)
    result = apply_on_branch("faster", [repository])
    for number, item in enumerate(result.commits, 1):
        copy = tmp_path / item.sha
        copy.mkdir()
        archive = subprocess.run(
            ["git", "-C", str(repository), "archive", item.sha], capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", str(copy)], input=archive.stdout, check=True)
        assert len(check([copy]).findings) == before - number


@pytest.mark.usefixtures("untouched")
def test_what_a_commit_says(repository: Path) -> None:
    result = apply_on_branch("faster", [repository / "app" / "one.py"])
    [item] = result.commits
    message = git(repository, "log", "-1", "--format=%B", "faster")
    title, blank, *body = message.splitlines()
    assert (title, blank) == (item.title, "")
    assert "app/one.py:9, in customer_names: " in " ".join(body)
    assert any(line.startswith("Statements: ") and " → " in line for line in body)
    assert body[-2] == "MN101 eager-load, safe" or body[-1] == "MN101 eager-load, safe"
    assert all(len(line) <= 72 for line in body)
    who = git(repository, "log", "-1", "--format=%an <%ae> %cn <%ce>", "faster").strip()
    assert who == "Ada <ada@example.org> Ada <ada@example.org>"


@pytest.mark.usefixtures("untouched")
def test_paths_limit_what_is_fixed(repository: Path) -> None:
    result = apply_on_branch("faster", [repository / "app" / "two.py"])
    assert len(result.commits) == 2
    assert git(repository, "diff", "--name-only", "main", "faster").split() == ["app/two.py"]


@pytest.mark.usefixtures("untouched")
def test_rules_can_be_chosen(repository: Path) -> None:
    assert not apply_on_branch("faster", [repository], ignore=["eager-load"]).created
    assert apply_on_branch("faster", [repository], select=["MN101"]).created


def test_uncommitted_changes_are_no_part_of_it(repository: Path) -> None:
    one, new = repository / "app" / "one.py", repository / "app" / "new.py"
    one.write_text(CLEAN)
    new.write_text((repository / "app" / "two.py").read_text())
    git(repository, "add", "app/new.py")
    before = users_state(repository)
    result = apply_on_branch("faster", [repository])
    assert result.uncommitted
    assert users_state(repository) == before
    assert "selectinload" in git(repository, "show", "faster:app/one.py")
    assert "app/new.py" not in git(repository, "ls-tree", "-r", "--name-only", "faster")
    with pytest.raises(BranchError, match=r"app/new\.py is not in HEAD"):
        apply_on_branch("another", [new])


@pytest.mark.usefixtures("untouched")
def test_nothing_to_fix_makes_no_branch(repository: Path) -> None:
    result = apply_on_branch("faster", [repository / "app" / "clean.py"])
    assert not result.created and result.commits == ()
    assert git(repository, "branch", "--list", "faster") == ""


def test_what_is_left_is_told(repository: Path) -> None:
    in_a_list = ONE.replace("result.append(", "session.commit()\n        result.append(")
    make(repository, one=in_a_list, two=CLEAN)
    commit(repository)
    [found] = check([repository], select=["eager-load"]).findings
    result = apply_on_branch("faster", [repository], select=["eager-load"])
    [left] = result.left
    assert (left.filename, left.row, left.code) == ("app/one.py", 10, "MN101")
    assert left.message == found.message
    assert left.reasons and not result.created
    line, why, _ = (text.plain for text in branch_text(result, review=False))
    assert line == f"left app/one.py:10:{left.column}: MN101 eager-load: {found.message}"
    assert why == f"      no fix: {left.reasons[0]}"


def test_hooks_do_not_run_and_nothing_is_signed(repository: Path) -> None:
    ran = repository.parent / "ran"
    for name in ("pre-commit", "commit-msg", "post-commit", "post-checkout", "prepare-commit-msg"):
        hook = repository / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{ran}'\nexit 1\n")
        hook.chmod(0o755)
    git(repository, "config", "commit.gpgSign", "true")
    git(repository, "config", "gpg.program", "false")
    assert apply_on_branch("faster", [repository]).created
    assert not ran.exists()


def test_inside_of_a_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / ".git" / "index"))
    before = (repository / ".git" / "index").read_bytes()
    assert apply_on_branch("faster", [repository]).created
    assert (repository / ".git" / "index").read_bytes() == before


def test_a_detached_head_is_where_the_branch_begins(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    head = git(repository, "rev-parse", "HEAD").strip()
    result = apply_on_branch("faster", [repository])
    assert result.base == head
    assert git(repository, "merge-base", "faster", "HEAD").strip() == head
    assert git(repository, "rev-parse", "--abbrev-ref", "HEAD").strip() == "HEAD"


def test_a_project_below_the_repository(repository: Path) -> None:
    (repository / "pyproject.toml").unlink()
    make(repository / "services" / "shop", one=ONE)
    commit(repository)
    result = apply_on_branch("faster", [repository / "services"])
    assert len(result.commits) == 1
    changed = git(repository, "diff", "--name-only", "main", "faster").split()
    assert changed == ["services/shop/app/one.py"]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("main", "the branch main exists already"),
        ("main/faster", "git allows no branch main/faster next to the branch main"),
        ("-f", "not a name that git allows"),
        ("a..b", "not a name that git allows"),
        ("@{-1}", "not a name that git allows"),
        ("HEAD", "not a name that git allows"),
        ("", "not a name that git allows"),
    ],
)
def test_names_that_cannot_be(repository: Path, name: str, message: str) -> None:
    with pytest.raises(BranchError, match=message):
        apply_on_branch(name, [repository])


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(BranchError, match="is in no git repository"):
        apply_on_branch("faster", [make(tmp_path / "loose", one=ONE)])


def test_no_commit_yet(tmp_path: Path) -> None:
    root = make(tmp_path / "fresh", one=ONE)
    git(root, "init", "-q")
    with pytest.raises(BranchError, match="has no commit yet"):
        apply_on_branch("faster", [root])


def test_two_repositories(repository: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other", one=ONE)
    git(other, "init", "-q")
    with pytest.raises(BranchError, match="different git repositories"):
        apply_on_branch("faster", [repository, other])


def test_a_path_that_is_not_there(repository: Path) -> None:
    with pytest.raises(BranchError, match=r"missing\.py does not exist"):
        apply_on_branch("faster", [repository / "missing.py"])


@pytest.mark.usefixtures("untouched")
def test_nobody_to_commit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("[user]\nuseConfigOnly = true\n")
    with pytest.raises(BranchError, match=r"user\.name and user\.email"):
        apply_on_branch("faster", [repository])


@pytest.mark.usefixtures("untouched")
def test_an_interrupt_leaves_nothing(repository: Path) -> None:
    """Ctrl-C between two commits: no branch, no worktree, no temporary folder."""
    program = (
        "import signal, codemods.branch as b\n"
        # A shell's background jobs, and what they start, ignore interrupts.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "real = b._commit\n"
        "def slow(*arguments):\n"
        "    result = real(*arguments)\n"
        "    print(arguments[0], flush=True)\n"
        "    import time; time.sleep(60)\n"
        "    return result\n"
        "b._commit = slow\n"
        "b.apply_on_branch('faster', ['.'])\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=repository,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert child.stdout is not None
    tree = Path(child.stdout.readline().strip())
    assert tree.is_dir()
    time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    assert child.wait(30) != 0
    child.stdout.close()
    assert not tree.parent.exists()
    assert git(repository, "branch", "--list", "faster") == ""


def run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "codemods", "apply", "--branch", *arguments],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


def test_the_command(repository: Path) -> None:
    (repository / "app" / "clean.py").write_text("# changed\n")
    done = run(repository, "faster")
    assert done.returncode == 0, done.stderr
    assert "Made the branch faster with 3 commits" in done.stdout
    assert "Uncommitted changes" in done.stdout
    again = run(repository, "faster")
    assert (again.returncode, again.stdout) == (2, "")
    assert "the branch faster exists already" in again.stderr


def test_results_are_plain_values(repository: Path) -> None:
    result = apply_on_branch("faster", [repository])
    assert isinstance(result, BranchResult)
    assert result == BranchResult(
        "faster", result.base, result.commits, result.left, result.skipped, (), False
    )


def test_what_could_not_be_done_is_trouble(repository: Path) -> None:
    (repository / "app" / "broken.py").write_text("from sqlalchemy import (\n")
    commit(repository)
    done = run(repository, "faster", ".")
    assert done.returncode == 0
    assert "warning: app/broken.py: it does not parse" in done.stdout
    for name, arguments in (("strictly", ["--strict"]), ("named", ["app/broken.py", "app/one.py"])):
        done = run(repository, name, *arguments)
        assert done.returncode == 2
        assert "error: app/broken.py: it does not parse" in done.stderr
        assert "warning" not in done.stdout
        assert f"Made the branch {name} with " in done.stdout


def test_trouble_in_another_project_does_not_keep_a_branch_from_being_made(
    repository: Path,
) -> None:
    other = repository / "other"
    other.mkdir()
    (other / "pyproject.toml").write_text("[tool.minusn]\nselekt = []\n")
    commit(repository)
    done = run(repository, "faster", "app", "other")
    assert done.returncode == 2
    assert "error: other/pyproject.toml: " in done.stderr
    assert "Made the branch faster with 3 commits" in done.stdout


def test_only_fixes_within_the_paths(repository: Path) -> None:
    loop = """
        from sqlalchemy.orm import Session

        from app.repository import all_orders


        def names(session: Session) -> list[str]:
            result = []
            for order in all_orders(session):
                result.append(order.customer.name)
            return result
    """
    make(repository, one=loop, two=CLEAN, repository=REPOSITORY)
    commit(repository)
    [finding] = check([repository]).problems
    assert finding.fix is not None
    result = apply_on_branch("within", [repository / "app/one.py"], within=True, review=True)
    assert not result.created and len(result.left) == 1 and not result.failures
    result = apply_on_branch("all", [repository / "app/one.py"], review=True)
    assert git(repository, "diff", "--name-only", "HEAD", "all") == "app/repository.py\n"
