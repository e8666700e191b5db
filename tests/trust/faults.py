"""A machine that misbehaves: full disk, read-only folder, too little memory, two runs at once, a clock set back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.trust import Tally
from tests.trust.kills import ROOT, command, make_reports, snapshot


def _run(arguments: list[str], before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, timeout=300, preexec_fn=before)


def _limit(name: str, value: int) -> Callable[[], None]:
    import resource

    return lambda: resource.setrlimit(getattr(resource, name), (value, value))


def _refused(result: subprocess.CompletedProcess[str], out: Path) -> str | None:
    """None where the run was refused in words and left nothing half done."""
    if "Traceback" in result.stderr:
        return f"a traceback: {result.stderr[-200:]}"
    if result.returncode == 0:
        return "it claimed success"
    half = [p.name for p in out.glob("[!.]*") if p.is_dir() and not (p / "run.json").exists()] if out.exists() else []
    return f"half a run folder: {half}" if half else None


def try_faults(folder: Path) -> list[Tally]:
    """One try of each fault."""
    reports = make_reports(folder / "reports")
    tallies = []

    def tried(what: str, problem: str | None, note: str = "") -> None:
        tallies.append(Tally(what, 1, [problem] if problem else [], note))

    # A file may grow to 4 kB only: the same refusal from the system as a full disk, at the first larger write.
    out = folder / "full"
    tried("no room for a run's files", _refused(_run(command(reports, out), _limit("RLIMIT_FSIZE", 4096)), out))
    out = folder / "file"
    out.write_text("in the way", encoding="utf-8")
    tried("a file where the output folder should be", _refused(_run(command(reports, out)), out))
    if os.geteuid() != 0:
        out = folder / "locked"
        out.mkdir(mode=0o500)
        tried("read-only output folder", _refused(_run(command(reports, out)), out))
    out = folder / "memory"
    result = _run(command(reports, out), _limit("RLIMIT_AS", 320 * 1024 * 1024))
    tried("320 MB of address space", None if result.returncode else "it claimed success",
          "refused by the system or by us; nothing half done" if not _half(out) else f"half: {_half(out)}")  # fmt: skip

    whole = folder / "whole"
    _run(command(reports, whole))
    out = folder / "twice"
    both = [subprocess.Popen(command(reports, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
            for _ in range(2)]  # fmt: skip
    codes = [child.wait(timeout=300) for child in both]
    same = snapshot(out) == snapshot(whole)
    tried("two runs on one folder at once", None if codes == [0, 0] and same else f"exit {codes}, same bytes: {same}")

    out = folder / "clock"
    _run(command(reports, out))
    for path in out.rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    result = _run(command(reports, out))
    tried("files from the future (clock set back)",
          None if result.returncode == 0 and "unchanged" in result.stdout else result.stderr[:200])  # fmt: skip
    return tallies


def _half(out: Path) -> list[str]:
    return [p.name for p in out.glob("[!.]*") if p.is_dir() and not (p / "run.json").exists()] if out.exists() else []


def audit_sockets(arguments: list[str]) -> tuple[int, list[str]]:
    """Runs `dygjuhe` with a hook on every socket call; its exit code, and what it tried outside loopback."""
    hook = (
        "import sys\n"
        "def hook(event, args):\n"
        "    if event in ('socket.connect', 'socket.sendto', 'socket.getaddrinfo', 'socket.gethostbyname'):\n"
        "        where = args[1] if event in ('socket.connect', 'socket.sendto') else args[0]\n"
        "        host = where[0] if isinstance(where, tuple) else where\n"
        "        if isinstance(host, bytes): host = host.decode('latin-1')\n"
        "        if str(host) not in ('127.0.0.1', '::1', 'localhost') and not str(host).startswith('/'):\n"
        "            sys.stderr.write(f'OUTSIDE {event} {host}\\n')\n"
        "sys.addaudithook(hook)\n"
        "from pipeline.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    result = _run([sys.executable, "-c", hook, *arguments])
    return result.returncode, [line for line in result.stderr.splitlines() if line.startswith("OUTSIDE")]


def without_network(arguments: list[str]) -> subprocess.CompletedProcess[str] | None:
    """The same in a network namespace that has nothing; None where this machine allows no such namespace."""
    for prefix in (["unshare", "-n"], ["unshare", "-rn"]):
        try:
            if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
                return _run([*prefix, sys.executable, "-m", "pipeline.cli", *arguments])
        except FileNotFoundError:
            return None
    return None
