"""What the embedded server can say when it cannot run."""


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL cannot be found, created or started; the text says why and how to cure it."""
