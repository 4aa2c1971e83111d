"""The end of the trail in a bundle's statement: an addition that older readers pass over and older bundles lack."""

from __future__ import annotations

import json

import pytest

from diag_app.codec import canonical_json
from diag_app.errors import DiagError
from diag_app.sync.statement import (
    SINGLE,
    StatedAudit,
    StatedSigner,
    Statement,
    parse_statement,
    statement_bytes,
)
from tests.sync.samples import signer

AUDIT = StatedAudit(trail="a" * 64, seq=7, head="b" * 64)


def statement(audit: StatedAudit | None) -> Statement:
    key = signer().public_key
    return Statement(
        bundle_set="c" * 64,
        part=(1, 1),
        city=None,
        org="",
        signer=StatedSigner(name="", device="", keyid=key.keyid, public_key=key.text),
        created_hlc=(1, 0),
        base_vv={},
        vv={},
        op_count=1,
        op_root="d" * 64,
        blob_count=0,
        blob_bytes=0,
        tagmanifest_sha256="e" * 64,
        form_versions=(),
        audit=audit,
    )


@pytest.mark.parametrize("audit", [AUDIT, None])
def test_what_was_stated_is_read_back(audit: StatedAudit | None) -> None:
    data = statement_bytes(statement(audit))
    assert parse_statement(data, location="s")[0] == statement(audit)
    assert json.loads(data)["min_reader"] == SINGLE == 1  # what reads 1.0 reads this


def test_a_bundle_of_the_first_edition_states_none() -> None:
    old = json.loads(statement_bytes(statement(None)))
    del old["audit"]
    old["schema"] = "1.0"
    assert parse_statement(canonical_json(old), location="s")[0].audit is None


@pytest.mark.parametrize("audit", [{}, {"trail": "a", "seq": "7", "head": "b"}, [], 1, "x", {"seq": 1}])
def test_an_end_of_another_shape_is_refused(audit: object) -> None:
    value = {**json.loads(statement_bytes(statement(AUDIT))), "audit": audit}
    with pytest.raises(DiagError, match="STATEMENT_INVALID"):
        parse_statement(canonical_json(value), location="s")
