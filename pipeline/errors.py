"""Errors that a user meets. Each names the place, the value and the remedy; none is shown with a traceback."""

from __future__ import annotations


class DygjuheError(Exception):
    """Base of everything that can be said to a user in one line: `place: what is wrong. remedy`."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem}. {remedy}")
        self.place = place
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[DygjuheError], tuple[str, str, str]]:
        return type(self), (self.place, self.problem, self.remedy)


class UnreadableReport(DygjuheError):
    """The file cannot become a document."""


class GlossaryError(DygjuheError):
    """A glossary row is wrong; the place is file, row and column."""


class SettingsError(DygjuheError):
    """A setting is unknown or has a value it cannot have."""


class ModelError(DygjuheError):
    """A translation package is missing, damaged or for another pair."""


class DecisionError(DygjuheError):
    """A decisions file cannot be used."""


class ExportError(DygjuheError):
    """A run cannot be written in the format asked for."""


class AccountingError(DygjuheError):
    """Something of the report was lost on the way: the run is not published."""
