"""What the page "Your data is safe" says in each of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diag_app.i18n.translator import Translator
from diag_app.operations.safety import SafetyReport
from diag_app.ui.models.figures import local_time

Kind = Literal["well", "open", "attention"]


@dataclass(frozen=True, kw_only=True)
class State:
    """One row: what is so, and whether it is as it should be, normal but not at its end, or for the person to mend."""

    text: str
    kind: Kind = "well"


def states(report: SafetyReport, second: Path | None, translate: Translator) -> dict[str, State]:
    """Return the state of each row by its name: save, backup, copy, undelivered, drill."""
    codes = frozenset(problem.code for problem in report.problems)
    saved = report.last_save
    count = report.undelivered.total
    waiting = translate.plural("{count} item without a receipt", "{count} items without a receipt", count)
    return {
        "save": State(text=translate("Nothing recorded yet.") if saved is None else local_time(saved.isoformat())),
        "backup": _backup(report, codes, translate),
        "copy": _copy(report, second, codes, translate),
        "undelivered": State(text=waiting, kind="open")
        if count
        else State(text=translate("Everything has its receipt.")),
        "drill": _drill(report, codes, translate),
    }


def _backup(report: SafetyReport, codes: frozenset[str], translate: Translator) -> State:
    if report.last_backup is None:
        return State(text=translate("None yet."), kind="attention" if "NO_BACKUP" in codes else "open")
    taken = local_time(report.last_backup.taken_at.isoformat())
    return State(text=translate("{time}, beside the data", time=taken))


def _copy(report: SafetyReport, second: Path | None, codes: frozenset[str], translate: Translator) -> State:
    if second is None:
        sentence = translate("None. A disk that breaks would take data and backups with it.")
        return State(text=sentence, kind="attention" if "SECOND_COPY_NONE" in codes else "open")
    if "SECOND_COPY_MISSING" in codes:
        sentence = translate("{folder} is not there. Plug the disk in.", folder=second)
        return State(text=sentence, kind="attention")
    made = report.second_copy
    if made is None or not made.folder.is_relative_to(second):
        return State(text=translate("Nothing in {folder} yet.", folder=second), kind="attention")
    text = translate("{time}, in {folder}", time=local_time(made.at.isoformat()), folder=second)
    if "SECOND_COPY_OLD" in codes:
        return State(text=translate("{state}; more than a week old", state=text), kind="attention")
    return State(text=text)


def _drill(report: SafetyReport, codes: frozenset[str], translate: Translator) -> State:
    drill = report.last_drill
    if drill is None:
        sentence = translate("Never. Only a copy that was brought back once is known to be good.")
        return State(text=sentence, kind="attention" if "DRILL_DUE" in codes else "open")
    time = local_time(drill.at.isoformat())
    if not drill.is_whole:
        return State(text=translate("{time}: the copy is damaged. Make a new one.", time=time), kind="attention")
    if "DRILL_DUE" in codes:
        return State(text=translate("{time}: everything came back. Due again.", time=time), kind="attention")
    return State(text=translate("{time}: everything came back.", time=time))
