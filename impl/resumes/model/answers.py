"""The form that a model fills in: values as they stand in the text, each with the lines that it stands in."""

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    """Exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(_Strict):
    """Words copied from the text, and the numbers of the first and the last line that they stand in."""

    value: str
    first_line: int
    last_line: int


class Position(_Strict):
    """A job held: its title, the employer, the place, when it began and ended. An end like "present" is copied, too."""

    position: Said | None
    name: Said | None
    location: Said | None
    start: Said | None
    end: Said | None


class Course(_Strict):
    """A course of studies: the school, the degree, the subject, when it began and ended."""

    institution: Said | None
    study_type: Said | None
    area: Said | None
    start: Said | None
    end: Said | None


class Spoken(_Strict):
    """A language and how well it is spoken."""

    language: Said
    fluency: Said | None


class ResumeAnswer(_Strict):
    """What a resume says of its person."""

    name: Said | None
    label: Said | None
    location: Said | None
    emails: list[Said]
    phones: list[Said]
    links: list[Said]
    work: list[Position]
    education: list[Course]
    skills: list[Said]
    languages: list[Spoken]
