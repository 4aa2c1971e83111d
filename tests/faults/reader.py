"""The independent reader: a program of its own that knows the file formats and imports nothing of ours.

Answers one JSON line on standard input (the folder, the secrets that open it, a marker to look for) with one JSON line:
everything that is not whole below that folder, the ops it found, what opens it, where the marker is left. `home/` is a
workspace, `out/` holds what was handed over, `out/disk/` second copies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlcipher3 import dbapi2

Problems = list[str]
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LONG = 1_000  # of such a value its digest is told
_SEALED, _PLAIN = b"QZS1", b"SQLite format 3\0"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PEM = (b"-----BEGIN PRIVATE KEY-----\n", b"-----END PRIVATE KEY-----\n")


def look(asked: dict[str, Any]) -> dict[str, Any]:
    root, key = Path(asked["root"]), asked["key"]
    problems: Problems = []
    home = root / "home"
    store = home / "workspace.db"
    answer: dict[str, Any] = {"ops": [], "version": 0, "has_store": store.exists(), "out": {}}
    if answer["has_store"]:
        answer |= read_store(store, key, problems)
        look_at_blobs(home / "evidence", key if is_sealed(store) else None, key, answer.pop("named"), problems)
    for copy in sorted(home.glob("backups/[!.]*")):
        answer["out"][str(copy.relative_to(root))] = hashlib.sha256(copy.read_bytes()).hexdigest()
        look_at_output(copy, key, problems)
    for pem in sorted(home.glob("keys/[!.]*")):
        data = pem.read_bytes()
        if not (data.startswith(_SEALED) or (data.startswith(_PEM[0]) and data.endswith(_PEM[1]))):
            problems.append(f"half-written: {pem}")
    for path in sorted(root.glob("out/**/[!.]*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            answer["out"][str(path.relative_to(root))] = hashlib.sha256(path.read_bytes()).hexdigest()
            look_at_output(path, key, problems)
    for copy in sorted(root.glob("out/disk/*/")):
        look_at_second_copy(copy, key, problems)
    is_open = answer["has_store"] and head_of(store) == _PLAIN
    answer["keys"] = [] if is_open else ways_in(home / "keys.json", asked, problems)
    answer["marked"] = sorted(marked(root, asked["marker"].encode())) if asked["marker"] else []
    ours = [name for name in sys.modules if name.partition(".")[0] in ("diag_app", "tests")]
    problems += [f"the reader is not independent: {name}" for name in ours]
    return answer | {"problems": [problem.replace(f"{root}/", "") for problem in problems]}


def marked(root: Path, marker: bytes) -> Iterator[str]:
    """Yield the files of the workspace and of what was handed over that hold the marker, drafts too.

    The plain backup from before an encryption is the person's to keep or to remove.
    """
    for path in (*root.glob("home/**/*"), *root.glob("out/**/*")):
        if path.is_file() and not path.name.startswith("before-encryption-") and marker in path.read_bytes():
            yield str(path.relative_to(root))


def is_sealed(store: Path) -> bool:
    """Return whether a store takes a key; one of which nothing reached the disk does not."""
    return head_of(store) != _PLAIN and bool(head_of(store).strip(b"\0"))


def head_of(store: Path) -> bytes:
    with store.open("rb") as file:
        return file.read(len(_PLAIN))


def ways_in(path: Path, asked: dict[str, Any], problems: Problems) -> list[str]:
    """Return by what the key file opens: which of the passphrases that are known, the known sheet or another."""
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        if not line:
            continue
        try:
            body = json.loads(line)
            check = body.pop("check")
        except (ValueError, KeyError):
            problems.append(f"half-written: {path}")
            continue
        if hashlib.sha256(canonical(body)).hexdigest() != check:
            problems.append(f"half-written: {path}")
        found.append(opened_by(json.dumps(body), asked["key"], asked["sheet"], tuple(asked["phrases"])))
    return found


@cache
def opened_by(text: str, key: str, sheet: str, phrases: tuple[str, ...]) -> str:
    body = json.loads(text)
    salt = bytes.fromhex(body["salt"])
    if body["kind"] == "sheet":
        return "the sheet" if is_opened(body, hkdf(bytes.fromhex(sheet), "sheet", salt), key) else "another sheet"
    cost = body["cost"]
    for phrase in phrases:
        slow = Argon2id(
            salt=salt, length=32, iterations=cost["passes"], lanes=cost["lanes"], memory_cost=cost["memory_kib"]
        )
        if is_opened(body, slow.derive(phrase.encode()), key):
            return phrase
    return "no passphrase that is known"


def is_opened(body: dict[str, Any], secret: bytes, key: str) -> bool:
    bound = canonical({**body, "sealed": None})
    try:
        plain = ChaCha20Poly1305(secret).decrypt(bytes.fromhex(body["nonce"]), bytes.fromhex(body["sealed"]), bound)
    except InvalidTag:
        return False
    return plain.hex() == key


def canonical(value: Any) -> bytes:
    """RFC 8785, for what a key file holds."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_store(path: Path, key: str, problems: Problems) -> dict[str, Any]:
    try:
        with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
            connection.execute("PRAGMA cipher_log_level = NONE")
            if is_sealed(path):
                connection.execute(f"PRAGMA key = \"x'{key}'\"")
            return read_tables(connection, path, problems)
    except dbapi2.DatabaseError as error:
        problems.append(f"{path}: {error}")
        return {"ops": [], "version": 0, "named": []}


def read_tables(connection: dbapi2.Connection, path: Path, problems: Problems) -> dict[str, Any]:
    def rows(sql: str) -> list[tuple[Any, ...]]:
        return list(connection.execute(sql).fetchall())

    problems += [f"{path}: {finding}" for (finding,) in rows("PRAGMA integrity_check") if finding != "ok"]
    problems += [f"{path}: dangling row {row}" for row in rows("PRAGMA foreign_key_check")]
    found: dict[str, Any] = {"version": rows("PRAGMA user_version")[0][0], "ops": [], "named": []}
    if not rows("SELECT 1 FROM sqlite_schema WHERE name = 'op'"):
        return found
    headers: dict[str, dict[str, Any]] = {}
    values: dict[str, Any] = {}
    for op_id, text, value, salt, state in rows("SELECT op_id, header, value, salt, value_state FROM op ORDER BY id"):
        header = headers[op_id] = json.loads(text)
        values[op_id] = None if value is None else json.loads(value)
        if hashlib.sha256(text.encode()).hexdigest() != op_id:
            problems.append(f"{path}: op {op_id} is not what its name says")
        digest = hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest() if value is not None else None
        if state == "present" and digest != header["value_digest"]:
            problems.append(f"{path}: the value of op {op_id} is another one")
        told = values[op_id] if value is None or len(value) < _LONG else digest
        found["ops"].append([op_id, header["operation_id"], header["operation"], header["register"], told])
        if header["register"] in ("file", "issued"):
            found["named"] += named_digests(values[op_id])
    look_at_chains(headers, path, problems)
    if path.name == "workspace.db":
        registers = rows("SELECT entity, register, value FROM register")
        shown = {(entity, name): json.loads(value) if value else None for entity, name, value in registers}
        if shown != displayed(headers, values):
            problems.append(f"{path}: the tables are not what the ops say")
    return found


def look_at_chains(headers: dict[str, dict[str, Any]], path: Path, problems: Problems) -> None:
    """Chains go up by one and name their predecessor; stamps never fall within a replica."""
    tails: dict[tuple[str, str], tuple[int, str | None]] = {}
    stamps: dict[str, list[int]] = {}
    for op_id, header in headers.items():
        chain = (header["replica"], header["case"])
        if (header["seq"] - 1, header["prev"]) != tails.get(chain, (0, None)):
            problems.append(f"{path}: op {op_id} does not follow the one before it")
        tails[chain] = (header["seq"], op_id)
        if header["hlc"] <= stamps.get(header["replica"], [0, 0]) and header["seq"] > 1:
            problems.append(f"{path}: the stamp of op {op_id} does not rise")
        stamps[header["replica"]] = max(header["hlc"], stamps.get(header["replica"], [0, 0]))


def displayed(headers: dict[str, dict[str, Any]], values: dict[str, Any]) -> dict[tuple[str, str], Any]:
    replaced = {pred for header in headers.values() for pred in header["preds"]}
    heads = sorted((header["hlc"], op_id) for op_id, header in headers.items() if op_id not in replaced)
    return {
        (headers[op_id]["entity"], headers[op_id]["register"]): (
            None if headers[op_id]["kind"] == "redact" else values[op_id]
        )
        for _, op_id in heads
        if headers[op_id]["kind"] in ("set", "clear", "seal", "redact")
    }


def named_digests(value: Any) -> list[str]:
    if isinstance(value, dict):
        here = [value[name] for name in ("sha256", "picture") if isinstance(value.get(name), str)]
        return here + [found for item in value.values() for found in named_digests(item)]
    return [found for item in value for found in named_digests(item)] if isinstance(value, list) else []


def look_at_blobs(folder: Path, store_key: str | None, key: str, named: list[str], problems: Problems) -> None:
    """What the store names is here under the name of its kind, and every file is whole, plain or sealed."""
    here = {path.name: path for path in folder.glob("*/[!.]*")}
    wanted = {sha256: sealed_name(store_key, sha256) if store_key else sha256 for sha256 in named}
    problems += [
        f"an op names evidence that is not here: {sha256}" for sha256, name in wanted.items() if name not in here
    ]
    for name, path in here.items():
        if blob_name(path.read_bytes(), key if path.suffix == ".age" else None) != name:
            problems.append(f"half-written: {path}")


def look_at_second_copy(folder: Path, key: str, problems: Problems) -> None:
    """The newest snapshot and the evidence it names lie there; the key file is whole."""
    copies = sorted(folder.glob("backups/[!.]*.db"))
    if not copies:
        return
    found = read_store(copies[-1], key, problems)
    look_at_blobs(folder / "evidence", key if is_sealed(copies[-1]) else None, key, found["named"], problems)


def blob_name(data: bytes, key: str | None) -> str | None:
    """Return the name that a file of the evidence folder must have, or null where it does not open."""
    if key is None:
        return hashlib.sha256(data).hexdigest()
    identity = pyrage.x25519.Identity.from_str(identity_text(subkey(key, "evidence-identity")))
    try:
        return sealed_name(key, hashlib.sha256(pyrage.decrypt(data, [identity])).hexdigest())
    except pyrage.DecryptError:
        return None


def sealed_name(key: str, sha256: str) -> str:
    return hmac.digest(subkey(key, "evidence-names"), sha256.encode(), "sha256").hex() + ".age"


def subkey(key: str, purpose: str) -> bytes:
    return hkdf(bytes.fromhex(key), purpose, bytes(32))


def hkdf(secret: bytes, label: str, salt: bytes) -> bytes:
    """RFC 5869, one block long."""
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, f"qizhen/1/{label}".encode() + b"\1", "sha256")


def identity_text(secret: bytes) -> str:
    """BIP 173, as age writes its identities."""
    bits = "".join(f"{byte:08b}" for byte in secret)
    groups = [int(bits[start : start + 5].ljust(5, "0"), 2) for start in range(0, len(bits), 5)]
    letters = b"age-secret-key-"
    rest = 1
    for value in [*(c >> 5 for c in letters), 0, *(c & 31 for c in letters), *groups, *([0] * 6)]:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            rest ^= generator if top >> place & 1 else 0
    groups += [(rest ^ 1) >> 5 * (5 - place) & 31 for place in range(6)]
    return f"age-secret-key-1{''.join(_BECH32[group] for group in groups)}".upper()


def look_at_output(path: Path, key: str, problems: Problems) -> None:
    if path.suffix == ".db":
        read_store(path, key, problems)
        return
    if "evidence" in path.parts or path.name == "keys.json":
        return  # of a second copy, which is looked at as a whole
    data = path.read_bytes()
    if path.suffix == ".pdf":
        if not (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")):
            problems.append(f"half-written: {path}")
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                problems.append(f"half-written: {path}")
            elif "workspace.db" in archive.namelist():
                look_at_backup(archive, path, key, problems)
            else:
                look_at_bundle(archive, path, problems)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        problems.append(f"half-written: {path}: {error}")


def look_at_backup(archive: zipfile.ZipFile, path: Path, key: str, problems: Problems) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent.parent, prefix=".look-") as name:
        archive.extractall(name)
        store = Path(name, "workspace.db")
        found = read_store(store, key, problems)
        look_at_blobs(Path(name, "evidence"), key if is_sealed(store) else None, key, found["named"], problems)
        if not found["ops"]:
            problems.append(f"{path}: an empty backup")


def look_at_bundle(archive: zipfile.ZipFile, path: Path, problems: Problems) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in archive.read(manifest).decode().splitlines():
            match = _MANIFEST_LINE.fullmatch(line)
            if match is None or hashlib.sha256(archive.read(match[2])).hexdigest() != match[1]:
                problems.append(f"{path}: {line}")


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        root = Path(asked["root"])
        answer = look(asked)
        if asked["remove"]:
            shutil.rmtree(root)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
