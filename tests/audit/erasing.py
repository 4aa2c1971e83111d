"""What is to be erased in tests, and how a test erases it."""

from __future__ import annotations

from diag_app.storage.store import Store
from tests.storage.stores import file_value

MARKER = "标记甲乙丙丁-7f3a"
OLDER = "旧标记戊己-91c2"
REASON = "本人 2024-06-03 书面要求删除"
BYTES = b"\x89marker-bytes-of-a-photo\x00\xfe" * 40


def redact(store: Store, entity: str, register: str, *, with_issued: bool = False) -> None:
    done = store.redact(entity, register, reason=REASON, with_issued=with_issued)
    assert done.unfinished == ""


def add_photo(store: Store, case: str, assessment: str, data: bytes = BYTES) -> tuple[str, str, str]:
    file, picture = store.put_blob(data), store.put_blob(data[::-1])
    with store.operation("add_evidence", case) as operation:
        evidence = operation.create("evidence", parent=assessment)
        operation.set(evidence, "file", file_value(file, picture=picture, name=f"{MARKER}.jpg"))
    return evidence, file, picture
