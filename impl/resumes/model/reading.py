"""One reading by a model: the question asked, the answer checked against the text."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from impl.lib.language_model import Failed, Spent
from impl.lib.language_model import Reason as Failure
from impl.lib.language_model.asking import LanguageModel
from impl.resumes.model.answers import ResumeAnswer
from impl.resumes.model.filling import Filled, filled
from impl.resumes.model.questions import question
from impl.resumes.model.text import Sent
from impl.resumes.understood import Understood

#: Why the parser's profile stands although a model was to read.
Reason = Failure | Literal["budget_exhausted", "nothing_found"]


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """A profile that a model has filled, and its answer, to be kept."""

    filled: Filled
    answer: ResumeAnswer
    spent: Spent


@dataclass(frozen=True, slots=True, repr=False)
class Degraded:
    """The parser's profile stands; an answer of which nothing was found is worth keeping, because it would be the same again."""

    reason: Reason
    spent: Spent
    answer: ResumeAnswer | None = None


async def read(model: LanguageModel, sent: Sent, offline: Understood) -> Read | Degraded:
    """Ask the model about what is sent of a text. Never raises but for a defect or a cancellation."""
    try:
        answered = await model.ask(question(sent), ResumeAnswer)
    except Failed as failed:
        return Degraded(failed.reason, failed.spent)
    return await asyncio.to_thread(believed, answered.value, sent, offline, answered.spent)


def believed(answer: ResumeAnswer, sent: Sent, offline: Understood, spent: Spent) -> Read | Degraded:
    """What of an answer, new or kept, stands in the text."""
    found = filled(answer, sent, offline)
    if found is None:
        return Degraded("nothing_found", spent, answer)
    return Read(found, answer, spent)
