"""From a pack's files to a pack, or to every fault in them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from diag_app.codec import canonical_json, digest
from diag_app.errors import Problem
from diag_app.forms.definition import Pack
from diag_app.forms.pack_laws import check_laws
from diag_app.forms.pack_parts import Parts, complete_questions, complete_scenarios, read_parts
from diag_app.forms.pack_table import Findings
from diag_app.forms.upgrade import Upgrade, read_upgrade


def check_pack(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return every fault of the pack in `files` (file name to bytes), located as `file:path`; none when it is sound."""
    return read_pack(files)[1]


def read_pack(files: Mapping[str, bytes]) -> tuple[Pack | None, tuple[Problem, ...]]:
    """Return the pack in `files`, or null and what is wrong with it."""
    findings = Findings()
    parts = read_parts(files, findings)
    if parts is not None:
        check_laws(parts, findings)
        read_upgrade(files, _ids(parts), findings)
    problems = tuple(findings.problems)
    return (None if parts is None or problems else _pack(parts, pack_digest(files))), problems


def upgrade_of(files: Mapping[str, bytes]) -> Upgrade | None:
    """Return how a sound pack reads the answers of the version before, or null where it does not say."""
    return read_upgrade(files, (), Findings())


def pack_digest(files: Mapping[str, bytes]) -> str:
    """Return the digest of a pack: SHA-256 over the canonical JSON of {file name: SHA-256 of its bytes}, in hex."""
    return digest(canonical_json({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}))


def _ids(parts: Parts) -> frozenset[str]:
    """Return the ids under which answers stand."""
    return frozenset(
        (
            *(item.question_id for item in parts.questions),
            *(item.number_id for item in parts.numbers),
            *(item.scenario_id for item in parts.scenarios),
        )
    )


def _pack(parts: Parts, pack_sha256: str) -> Pack:
    return Pack(
        pack_id=parts.pack_id,
        version=parts.version,
        digest=pack_sha256,
        title=parts.title,
        document=parts.document,
        dimensions=parts.dimensions,
        indicators=parts.indicators,
        numbers=parts.numbers,
        questions=complete_questions(parts),
        scenario_groups=parts.groups,
        scenarios=complete_scenarios(parts),
        level_rule=parts.level_rule,
        metrics=parts.metrics,
        need_forms=parts.need_forms,
        open_items=parts.open_items,
        level_heads=parts.level_heads,
        evidence_kinds=parts.evidence_kinds,
        demands=parts.demands,
    )
