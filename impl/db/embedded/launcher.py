"""Start one program as PostgreSQL wants to be started, then become it.

Run as a script, `python -I -S launcher.py MODE PARENT_PID -- PROGRAM ARG...`, so that nothing of the service is
imported and no code runs between fork and exec in a process with threads. MODE is

* `plain`: the user we are (not root),
* `namespace`: root outside, an ordinary user inside a new user namespace; files stay root's,
* `nobody`: root gives up its rights for the user `nobody` (where namespaces are forbidden).

On Linux the program gets SIGINT (PostgreSQL's fast shutdown) when the thread that started it dies.
Exit codes: 70 the user namespace was refused, 71 the parent was already gone.
"""

import ctypes
import os
import pwd
import signal
import sys

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
EXIT_NAMESPACE_REFUSED = 70
EXIT_ORPHANED = 71


def main(arguments: list[str]) -> None:
    mode, parent, separator, program, *rest = arguments
    if separator != "--":
        raise SystemExit("usage: launcher.py MODE PARENT_PID -- PROGRAM ARG...")
    if mode == "namespace":
        _enter_user_namespace()
    elif mode == "nobody":
        _become_nobody()
    _die_with_parent(int(parent))
    os.execv(program, [program, *rest])  # noqa: S606 - the program comes from our own supervisor, no shell  # nosec B606


def _enter_user_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise SystemExit(EXIT_NAMESPACE_REFUSED)
    try:
        for name, text in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    except OSError:
        raise SystemExit(EXIT_NAMESPACE_REFUSED) from None


def _become_nobody() -> None:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
    os.chdir("/")


def _die_with_parent(parent: int) -> None:
    # After the change of credentials, because that change resets the death signal.
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        raise SystemExit(EXIT_ORPHANED)


if __name__ == "__main__":
    main(sys.argv[1:])
