"""A workspace with very many firms, for measuring lists: its tables are filled as the op log would fill them."""

from __future__ import annotations

import random
from pathlib import Path

from diag_app.clock import new_id
from diag_app.model.actor import Actor
from diag_app.operations.naming import abbreviations
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.storage.names import characters

ACTOR = Actor(name="顾问", firm="公司", device="A")
PLACES = (
    "苏州",
    "无锡",
    "宁波",
    "东莞",
    "佛山",
    "台州",
    "温州",
    "青岛",
    "重庆",
    "成都",
    "合肥",
    "厦门",
    "泉州",
    "中山",
)
NAMES = (
    "恒信",
    "青禾",
    "合力",
    "锦程",
    "华泰",
    "瑞丰",
    "永固",
    "新亚",
    "宏图",
    "正大",
    "精诚",
    "和盛",
    "同创",
    "远航",
    "天成",
)
TRADES = (
    "精密机械",
    "食品",
    "注塑",
    "模具",
    "五金",
    "电子",
    "纺织",
    "印刷",
    "包装",
    "家具",
    "化工",
    "汽配",
    "泵阀",
    "轴承",
)
_ENTITY = (
    "INSERT INTO entity (case_id, entity, kind, parent, is_deleted, lifecycle)"
    " VALUES (?, ?, 'enterprise', NULL, 0, '[]')"
)
_REGISTER = "INSERT INTO register (case_id, entity, register, value, heads) VALUES (?, ?, ?, ?, '[]')"
_LINE = "INSERT INTO enterprise (id, entity, name, uscc, initials) VALUES (?, ?, ?, ?, ?)"
_SEARCH = "INSERT INTO enterprise_search (rowid, name, uscc, initials) VALUES (?, ?, ?, ?)"


def make_firms(directory: Path, count: int) -> Workspace:
    """Return an open workspace with `count` firms of invented names."""
    workspace = open_workspace(directory, actor=ACTOR)
    database, _ = workspace.store.inside
    draw = random.Random(count)  # noqa: S311 - names, not secrets
    words = {word: abbreviations(word)[0] for word in (*PLACES, *NAMES, *TRADES, "有限公司")}
    firms = []
    for number in range(1, count + 1):
        parts = (draw.choice(PLACES), draw.choice(NAMES), draw.choice(TRADES), "有限公司")
        firms.append((number, new_id(), "".join(parts) + str(number), "".join(words[part] for part in parts)))
    database.run("BEGIN IMMEDIATE")
    database.run_many(_ENTITY, [(case, case) for _, case, _, _ in firms])
    database.run_many(_REGISTER, [(case, case, "name", f'"{name}"') for _, case, name, _ in firms])
    database.run_many(_LINE, [(number, case, name, None, letters) for number, case, name, letters in firms])
    database.run_many(
        _SEARCH, [(number, characters(name), "", characters(letters)) for number, _, name, letters in firms]
    )
    database.run("COMMIT")
    return workspace
