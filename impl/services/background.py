"""Every task that the worker knows: importing a module of tasks declares them."""

from importlib import import_module

MODULES = (
    "impl.services.attachments.tasks",
    "impl.services.candidates.tasks",
    "impl.services.intakes.tasks",
    "impl.services.messages.tasks",
    "impl.services.offers.tasks",
    "impl.services.privacy.tasks",
    "impl.services.resumes.tasks",
    "impl.services.screening.tasks",
    "impl.services.tasks.tasks",
    "impl.services.wordings.tasks",
)


def load() -> None:
    """Declare all tasks; the web process needs only those that it enqueues, the worker all."""
    for module in MODULES:
        import_module(module)
