"""The independent reader: a program of its own that knows the file formats and imports nothing of ours.

Answers one JSON line on standard input, {"root": folder, "key": hex or null}, with one JSON line: everything that is
not whole below that folder, and the ops it found. `home/` is a workspace, `out/` holds what was handed over.
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
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
from sqlcipher3 import dbapi2

Problems = list[str]
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_SEALED = b"QZS1"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PEM = (b"-----BEGIN PRIVATE KEY-----\n", b"-----END PRIVATE KEY-----\n")


def look(root: Path, key: str | None) -> dict[str, Any]:
    problems: Problems = []
    home = root / "home"
    answer: dict[str, Any] = {"ops": [], "version": 0, "has_store": (home / "workspace.db").exists(), "out": {}}
    if answer["has_store"]:
        answer |= read_store(home / "workspace.db", key, problems)
        look_at_blobs(home / "evidence", key, answer.pop("named"), problems)
    for copy in sorted(home.glob("backups/[!.]*")):
        read_store(copy, key, problems)
    for pem in sorted(home.glob("keys/[!.]*")):
        data = pem.read_bytes()
        if not (data.startswith(_SEALED) or (data.startswith(_PEM[0]) and data.endswith(_PEM[1]))):
            problems.append(f"half-written: {pem}")
    for path in sorted(root.glob("out/**/[!.]*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            answer["out"][str(path.relative_to(root / "out"))] = hashlib.sha256(path.read_bytes()).hexdigest()
            look_at_output(path, key, problems)
    ours = [name for name in sys.modules if name.partition(".")[0] in ("diag_app", "tests")]
    problems += [f"the reader is not independent: {name}" for name in ours]
    return answer | {"problems": problems}


def read_store(path: Path, key: str | None, problems: Problems) -> dict[str, Any]:
    try:
        with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
            connection.execute("PRAGMA cipher_log_level = NONE")
            if key:
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
        found["ops"].append([op_id, header["operation_id"], header["operation"], header["register"], values[op_id]])
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
        (headers[op_id]["entity"], headers[op_id]["register"]): values[op_id]
        for _, op_id in heads
        if headers[op_id]["kind"] in ("set", "clear", "seal")
    }


def named_digests(value: Any) -> list[str]:
    if isinstance(value, dict):
        here = [value[name] for name in ("sha256", "picture") if isinstance(value.get(name), str)]
        return here + [found for item in value.values() for found in named_digests(item)]
    return [found for item in value for found in named_digests(item)] if isinstance(value, list) else []


def look_at_blobs(folder: Path, key: str | None, named: list[str], problems: Problems) -> None:
    here = {path.name: path for path in folder.glob("*/[!.]*")}
    wanted = {sha256: sealed_name(key, sha256) if key else sha256 for sha256 in named}
    problems += [
        f"an op names evidence that is not here: {sha256}" for sha256, name in wanted.items() if name not in here
    ]
    for name, path in here.items():
        if blob_name(path.read_bytes(), key) != name:
            problems.append(f"half-written: {path}")


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
    """RFC 5869 with an empty salt, one block long."""
    extracted = hmac.digest(bytes(32), bytes.fromhex(key), "sha256")
    return hmac.digest(extracted, f"qizhen/1/{purpose}".encode() + b"\1", "sha256")


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


def look_at_output(path: Path, key: str | None, problems: Problems) -> None:
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


def look_at_backup(archive: zipfile.ZipFile, path: Path, key: str | None, problems: Problems) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent.parent, prefix=".look-") as name:
        archive.extractall(name)
        found = read_store(Path(name, "workspace.db"), key, problems)
        look_at_blobs(Path(name, "evidence"), key, found["named"], problems)
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
        answer = look(root, asked["key"])
        if asked["remove"]:
            shutil.rmtree(root)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
