"""The laws of an interview guide: its ids are its own and known, and nobody is in two places at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide, Visit
from diag_app.forms.pack_table import Table

ID_SHAPE = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


def check_guide(guide: Guide, method: Pack, table: Table) -> None:
    """Note every broken law at its place in the file of `table`."""
    _check_own_ids(guide, table)
    _check_names(guide, method, table)
    for number, visit in enumerate(guide.visits):
        _check_agenda(visit, f"visits[{number}]", table)


def _check_own_ids(guide: Guide, table: Table) -> None:
    seen: set[str] = set()
    for path, value in _own_ids(guide):
        if not ID_SHAPE.fullmatch(value):
            table.findings.unlawful("PACK_ID_SHAPE", table.file, path, value=value)
        elif value in seen:
            table.findings.unlawful("PACK_ID_TWICE", table.file, path, value=value)
        seen.add(value)


def _own_ids(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield each id that the guide gives, with its place; they are all different, because ticks go by them."""
    for number, visit in enumerate(guide.visits):
        yield f"visits[{number}].id", visit.visit_id
        for place, entry in enumerate(visit.agenda):
            yield f"visits[{number}].agenda[{place}].id", entry.item_id
    for number, role in enumerate(guide.roles):
        yield f"roles[{number}].id", role.role_id
        for place, question in enumerate(role.questions):
            yield f"roles[{number}].questions[{place}].id", question.item_id
    for key, items in (("papers", guide.papers), ("walk.stops", guide.stops), ("photos", guide.photos), *guide.rules):
        for number, item in enumerate(items):
            yield f"{key}[{number}].id", item.item_id


def _check_names(guide: Guide, method: Pack, table: Table) -> None:
    targets = {item.question_id for item in method.questions} | {item.scenario_id for item in method.scenarios}
    known = {
        "visit": {visit.visit_id for visit in guide.visits},
        "role": {role.role_id for role in guide.roles},
        "paper": {paper.item_id for paper in guide.papers},
        "photo": {photo.item_id for photo in guide.photos},
        "target": targets,
    }
    for path, kind, value in _names(guide):
        if value not in known[kind]:
            table.findings.unlawful("PACK_ID_UNKNOWN", table.file, path, value=value)


def _names(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """Yield each id that the guide names, with its place and what it is an id of."""
    for number, visit in enumerate(guide.visits):
        for place, entry in enumerate(visit.agenda):
            yield from ((f"visits[{number}].agenda[{place}].roles", "role", role_id) for role_id in entry.role_ids)
    for number, role in enumerate(guide.roles):
        yield from ((f"roles[{number}].minutes", "visit", visit_id) for visit_id, _ in role.minutes)
        yield from ((f"roles[{number}].papers_first", "paper", paper_id) for paper_id in role.paper_ids)
        for place, question in enumerate(role.questions):
            yield from ((f"roles[{number}].questions[{place}]", "target", target) for target in question.targets)
    for number, paper in enumerate(guide.papers):
        yield f"papers[{number}].role", "role", paper.role_id
        yield from ((f"papers[{number}]", "target", target) for target in paper.targets)
    for number, stop in enumerate(guide.stops):
        yield from ((f"walk.stops[{number}].photos", "photo", photo_id) for photo_id in stop.photo_ids)
        yield from ((f"walk.stops[{number}]", "target", target) for target in stop.targets)
    for number, photo in enumerate(guide.photos):
        yield from ((f"photos[{number}]", "target", target) for target in photo.targets)


def _check_agenda(visit: Visit, path: str, table: Table) -> None:
    busy: dict[str, tuple[int, str]] = {"a": (0, ""), "b": (0, "")}
    for place, entry in sorted(enumerate(visit.agenda), key=lambda found: (found[1].start_min, found[0])):
        where = f"{path}.agenda[{place}]"
        end = entry.start_min + entry.minutes
        if end > visit.total_min:
            table.findings.unlawful(
                "GUIDE_BEYOND_END", table.file, where, over=path, end=str(end), total=str(visit.total_min)
            )
        for track in ("a", "b") if entry.track == "both" else (entry.track,):
            until, other = busy[track]
            if entry.start_min < until:
                table.findings.unlawful("GUIDE_OVERLAP", table.file, where, over=path, other=other, track=track)
            busy[track] = max(busy[track], (end, entry.item_id))
