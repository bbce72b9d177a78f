"""Whether this process is about to stop: it still answers, but asks to be sent nothing new.

One flag for the process. `begin()` may be called from a signal handler.
"""

_is_draining = False


def begin() -> None:
    """From now on this process is not ready for further work; there is no way back but `reset()`."""
    global _is_draining  # noqa: PLW0603 - one state for the process is the point
    _is_draining = True


def is_draining() -> bool:
    """Whether the end has been announced."""
    return _is_draining


def reset() -> None:
    """Forget it, for a test that announced an end."""
    global _is_draining  # noqa: PLW0603 - see above
    _is_draining = False
