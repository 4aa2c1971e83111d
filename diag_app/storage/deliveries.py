"""What receivers acknowledged, by their receipts alone; the receipts themselves; and the lists of signers.

Writing functions are called inside a transaction that the caller holds (`Store.audited`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from diag_app.codec import canonical_json, structure, unstructure
from diag_app.model.receipt import Receipt, Told, moved, moved_files
from diag_app.model.signers import SignerList
from diag_app.storage.database import decoded
from diag_app.storage.store import Store

WHOLE = "full"  # the profile that withholds nothing

_KEEP = "INSERT INTO receipt (receipt_id, bundle_set, imported_at, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_MOVE = (
    "INSERT INTO acknowledged VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at"
)
_MOVE_FILE = (
    "INSERT INTO receipted_blob VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at"
)
_KEEP_LIST = (
    "INSERT INTO signer_list VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "city_key = excluded.city_key, body = excluded.body, imported_at = excluded.imported_at"
)
_OPEN_ANSWERS = (
    "SELECT count(DISTINCT r.entity || r.register) FROM open_op o "
    "JOIN register r ON r.case_id = o.case_id AND r.entity = o.entity AND r.register = o.register "
    "JOIN entity a ON a.case_id = r.case_id AND a.entity = r.entity "
    "WHERE o.case_id = ? AND a.kind = 'assessment' AND NOT a.is_deleted AND r.value IS NOT NULL "
    "AND substr(r.register, 1, instr(r.register, ':')) IN ('answer:', 'number:', 'scenario:', 'note:')"
)
_OPEN_BELOW = (
    "SELECT e.kind, count(DISTINCT e.entity) FROM entity e "
    "JOIN entity a ON a.case_id = e.case_id AND a.entity = e.parent AND a.kind = 'assessment' AND NOT a.is_deleted "
    "LEFT JOIN register f ON e.kind = 'evidence' AND f.case_id = e.case_id AND f.entity = e.entity "
    "AND f.register = 'file' "
    "WHERE e.case_id = ? AND e.kind IN ('evidence', 'need', 'proposal') AND NOT e.is_deleted "
    "AND (e.entity IN (SELECT entity FROM open_op WHERE case_id = e.case_id) "
    "OR f.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipted_blob b WHERE b.value = 1 "
    "AND b.sha256 IN (f.value ->> 'sha256', f.value ->> 'picture'))) GROUP BY 1"
)
_OPEN_OPS = (
    "WITH sent AS (SELECT replica, max(value) AS value FROM acknowledged "
    "WHERE case_id = ?1 AND profile <> 'client-safe' GROUP BY replica), "
    "open_op AS MATERIALIZED (SELECT o.case_id, o.header ->> 'entity' AS entity, o.header ->> 'register' AS register "
    "FROM op o LEFT JOIN sent s ON s.replica = o.replica WHERE o.case_id = ?1 AND o.seq > coalesce(s.value, 0)) "
)


@dataclass(frozen=True, kw_only=True)
class KeptReceipt:
    """A receipt as it was imported."""

    receipt_id: str
    imported_at: str
    receipt: Receipt


@dataclass(frozen=True, kw_only=True)
class KnownCity:
    """A city's key, which a person compared once, and the newest list signed with it."""

    city_key: str
    signers: SignerList


def keep_receipt(store: Store, receipt_id: str, receipt: Receipt, *, profile: str, imported_at: str) -> bool:
    """Keep a receipt and move what it moves; false, and nothing moves, for one that is kept already.

    Who gave it, and for a bundle of which `profile`, has been checked by the caller. What a profile withheld is still
    to be sent with another, so each has numbers of its own.
    """
    database, _ = store.inside
    body = canonical_json(unstructure(receipt)).decode()
    if database.run(_KEEP, (receipt_id, receipt.bundle_set, imported_at, body)) != 1:
        return False
    receiver = receipt.receiver.keyid
    numbers = moved(_told(store, receiver, profile), receipt)
    database.run_many(_MOVE, [(receiver, profile, *chain, told.value, told.at) for chain, told in numbers.items()])
    files = moved_files(_told_files(store, receiver), receipt)
    database.run_many(_MOVE_FILE, [(receiver, sha256, told.value, told.at) for sha256, told in files.items()])
    return True


def receipts(store: Store) -> tuple[KeptReceipt, ...]:
    """Return the receipts kept here, the last imported first."""
    database, _ = store.inside
    rows = database.all("SELECT receipt_id, imported_at, body FROM receipt ORDER BY id DESC")
    return tuple(
        KeptReceipt(
            receipt_id=receipt_id, imported_at=at, receipt=structure(decoded(body), Receipt, location="receipt")
        )
        for receipt_id, at, body in rows
    )


def acknowledged(store: Store, receiver: str, profile: str) -> dict[tuple[str, str], int]:
    """Return the version vector that a receiver, by its key id, acknowledged of bundles of this profile or full ones.

    That much need not be sent to it again.
    """
    whole = {chain: told.value for chain, told in _told(store, receiver, WHOLE).items()}
    for chain, told in _told(store, receiver, profile).items():
        whole[chain] = max(told.value, whole.get(chain, 0))
    return whole


def receipted_blobs(store: Store, receiver: str | None = None) -> frozenset[str]:
    """Return the files that a receiver, or any, has by its newest word."""
    database, _ = store.inside
    rows = database.all(
        "SELECT DISTINCT sha256 FROM receipted_blob WHERE value = 1 AND receiver = coalesce(?, receiver)", (receiver,)
    )
    return frozenset(sha256 for (sha256,) in rows)


def acknowledged_cases(store: Store) -> frozenset[str]:
    """Return the cases that any receiver acknowledged something of."""
    database, _ = store.inside
    rows = database.all("SELECT DISTINCT case_id FROM acknowledged WHERE profile <> 'client-safe'")
    return frozenset(case for (case,) in rows)


def open_items(store: Store, case: str) -> dict[str, int]:
    """Return how many items of each kind of a case no receiver has as they stand here now.

    An item is open while one of its ops is not acknowledged by any receiver; evidence also while its file, or the
    reduced copy of it, is nowhere.
    """
    database, _ = store.inside
    counts: dict[str, int] = dict(database.all(_OPEN_OPS + _OPEN_BELOW.replace("?", "?1"), (case,)))
    row = database.one(_OPEN_OPS + _OPEN_ANSWERS.replace("?", "?1"), (case,))
    return {**counts, "answer": row[0]} if row and row[0] else counts


def known_city(store: Store, city: str) -> KnownCity | None:
    """Return the key and the list of a city that is known here."""
    database, _ = store.inside
    row = database.one("SELECT city_key, body FROM signer_list WHERE city = ?", (city,))
    return None if row is None else _city(*row)


def known_cities(store: Store) -> tuple[KnownCity, ...]:
    """Return the cities known here, by name."""
    database, _ = store.inside
    return tuple(_city(*row) for row in database.all("SELECT city_key, body FROM signer_list ORDER BY city"))


def keep_signers(store: Store, city: KnownCity, *, imported_at: str) -> None:
    """Keep a city's key and list in place of those before; that it follows them has been checked by the caller."""
    database, _ = store.inside
    body = canonical_json(unstructure(city.signers)).decode()
    database.run(_KEEP_LIST, (city.signers.city, city.city_key, body, imported_at))


def freed_blobs(store: Store) -> frozenset[str]:
    """Return the files that were removed here because a receiver has them, and have not come back."""
    database, evidence = store.inside
    rows = database.all("SELECT sha256 FROM freed_blob")
    return frozenset(sha256 for (sha256,) in rows if not evidence.has(sha256))


def note_freed(store: Store, blobs: Iterable[str], *, at: str) -> None:
    """Note that files are removed on purpose; it comes before they are."""
    database, _ = store.inside
    database.run_many("INSERT INTO freed_blob VALUES (?, ?) ON CONFLICT DO NOTHING", [(blob, at) for blob in blobs])


def remove_freed(store: Store, blobs: Iterable[str]) -> None:
    """Remove the files that were noted as freed."""
    _, evidence = store.inside
    for sha256 in blobs:
        evidence.remove(sha256)


def _city(city_key: str, body: str) -> KnownCity:
    return KnownCity(city_key=city_key, signers=structure(decoded(body), SignerList, location="signer_list"))


def _told(store: Store, receiver: str, profile: str) -> dict[tuple[str, str], Told]:
    database, _ = store.inside
    rows = database.all(
        "SELECT replica, case_id, value, at FROM acknowledged WHERE receiver = ? AND profile = ?", (receiver, profile)
    )
    return {(replica, case): Told(value=value, at=at) for replica, case, value, at in rows}


def _told_files(store: Store, receiver: str) -> dict[str, Told]:
    database, _ = store.inside
    rows: list[Any] = database.all("SELECT sha256, value, at FROM receipted_blob WHERE receiver = ?", (receiver,))
    return {sha256: Told(value=value, at=at) for sha256, value, at in rows}
