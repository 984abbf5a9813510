"""What tells this process from others: a name under which it holds leases, and whether a named one is gone.

Whoever restarts after a kill need not wait for the lease of the dead one, where it can be seen that it is dead: it ran
on this machine, since this boot, among the same processes, and it is there no more. Of all others nothing is known.
"""

import os
import secrets
import socket
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_PROC = Path("/proc")
_ENDED = frozenset("ZX")


def own_name() -> str:
    """The name of this process, another for each start: host, chance, and where there is `/proc` what finds it."""
    return "-".join((socket.gethostname()[:40], secrets.token_hex(3), _place(), str(os.getpid()), _start(os.getpid())))


def is_gone(name: str) -> bool:
    """Whether the process of a name surely runs no more; False where that cannot be known."""
    words = name.rsplit("-", 3)
    if len(words) != 4 or not words[1] or words[1] != _place() or not words[2].isdigit():
        return False
    return _start(int(words[2])) != words[3]


def _place() -> str:
    """Names the boot of the machine, and the set of processes that sees one another; empty where it is not told."""
    with suppress(OSError):
        boot = (_PROC / "sys/kernel/random/boot_id").read_bytes()
        return sha256(boot + os.fsencode((_PROC / "self/ns/pid").readlink())).hexdigest()[:8]
    return ""


def _start(pid: int) -> str:
    """When a process started, in ticks since the boot; empty when there is none, or it has ended."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in _ENDED else fields[19]
