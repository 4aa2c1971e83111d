"""Demonstration pictures of places in the factory."""

from __future__ import annotations

from demo_canvas import GREEN, HEIGHT, INK, LIGHT_TEAL, MID, OCHRE, RED, SOFT, TEAL, WIDTH, Canvas, hall


def machine(picture: Canvas, x: float, y: float, size: float, number: int) -> None:
    """Draw a machining centre standing at (x, y) with its gateway; `size` 1 is the nearest."""
    width, height = 300 * size, 270 * size
    picture.shape(
        [(x - 16 * size, y), (x + width + 60 * size, y), (x + width + 20 * size, y + 26 * size), (x, y + 26 * size)],
        "#879495",
    )
    picture.shape(
        [
            (x + width, y - height),
            (x + width + 46 * size, y - height - 26 * size),
            (x + width + 46 * size, y - 30 * size),
            (x + width, y),
        ],
        "#b9c4c5",
    )
    picture.shape(
        [
            (x, y - height),
            (x + 46 * size, y - height - 26 * size),
            (x + width + 46 * size, y - height - 26 * size),
            (x + width, y - height),
        ],
        "#e9eeee",
    )
    picture.box((x, y - height, x + width, y), "#dbe2e2", "#98a5a6", 2 * size, 6 * size)
    picture.box((x, y - 56 * size, x + width, y), "#5d6c70", radius=6 * size)
    picture.box(
        (x + 26 * size, y - 236 * size, x + 186 * size, y - 84 * size), "#2b3a3e", "#8f9c9d", 4 * size, 8 * size
    )
    picture.shape(
        [
            (x + 40 * size, y - 226 * size),
            (x + 96 * size, y - 226 * size),
            (x + 60 * size, y - 94 * size),
            (x + 36 * size, y - 94 * size),
        ],
        "#41555a",
    )
    picture.box((x + 88 * size, y - 200 * size, x + 126 * size, y - 140 * size), "#9aa6a7")
    picture.box((x + 100 * size, y - 140 * size, x + 114 * size, y - 112 * size), "#d9b44a")
    picture.box((x + 204 * size, y - 230 * size, x + 284 * size, y - 150 * size), "#26343a", radius=5 * size)
    picture.box((x + 211 * size, y - 223 * size, x + 277 * size, y - 180 * size), "#4f9d92", radius=3 * size)
    for key in range(6):
        left, top = x + (212 + key % 3 * 23) * size, y - (172 - key // 3 * 11) * size
        picture.box((left, top, left + 16 * size, top + 7 * size), "#8fa0a3")
    picture.box((x + 206 * size, y - 136 * size, x + 282 * size, y - 84 * size), TEAL, radius=5 * size)
    picture.text(x + 244 * size, y - 120 * size, f"网关 {number}", 14 * size, "#ffffff", bold=True, anchor="mm")
    for lamp in range(3):
        picture.disc(x + (224 + lamp * 20) * size, y - 99 * size, 5 * size, ("#7fe0b4", "#7fe0b4", "#e8c268")[lamp])
    for place, colour in enumerate((GREEN, "#e8c268", RED)):
        top = y - height - (44 + place * 18) * size
        picture.box((x + 250 * size, top, x + 268 * size, top + 18 * size), colour if place == 0 else "#c9cfcf", MID, 1)


def line_3() -> Canvas:
    """Return line 3 with gateways on the machines."""
    picture = hall()
    for number, (x, y, size) in enumerate(((920, 470, 0.5), (690, 510, 0.66), (400, 570, 0.86), (36, 660, 1.12))):
        machine(picture, x, y, size, 4 - number)
    picture.line([(0, 214), (520, 236), (WIDTH, 250)], "#7f8c8e", 7)
    for x, y in ((150, 226), (470, 240), (735, 246), (940, 249)):
        picture.line([(x, y), (x, y + 60)], "#7f8c8e", 4)
    picture.box((470, 262, 636, 312), "#f7f9f9", TEAL, 3, 6)
    picture.text(553, 287, "3号线", 30, TEAL, bold=True, anchor="mm")
    return picture


def inspection_station() -> Canvas:
    """Return the final inspection station: bench, lamp, parts, reject box."""
    picture = Canvas("#d3dbda")
    picture.blend("#e3e9e8", "#c2cccb", (0, 0, WIDTH, 520))
    picture.blend("#98a4a4", "#7f8b8b", (0, 520, WIDTH, HEIGHT))
    picture.shape([(430, 182), (770, 182), (1010, 500), (190, 500)], "#f3f5ec")
    picture.box((120, 480, 1080, 528), "#7d6a52", radius=4)
    picture.box((120, 480, 1080, 492), "#95805f", radius=4)
    for x in (150, 1020):
        picture.box((x, 528, x + 30, 760), "#5c6466")
    picture.box((420, 150, 780, 186), "#eef2f2", "#8d999b", 3, 8)
    picture.line([(600, 40), (600, 150)], "#6d797b", 8)
    for column in range(5):
        x = 300 + column * 128
        picture.box((x, 420, x + 92, 480), "#9fabac", "#6c797b", 2, 8)
        picture.disc(x + 46, 450, 20, "#6c797b")
        picture.disc(x + 46, 450, 11, "#dfe5e5")
        picture.box((x + 10, 408, x + 82, 422), "#b4bfc0", "#6c797b", 2, 3)
    picture.box((150, 400, 268, 480), GREEN, "#226e4e", 3, 4)
    picture.text(209, 440, "合格", 30, "#ffffff", bold=True, anchor="mm")
    picture.box((958, 400, 1064, 480), RED, "#8c2f26", 3, 4)
    picture.text(1011, 440, "不合格", 26, "#ffffff", bold=True, anchor="mm")
    picture.box((60, 120, 320, 300), "#ffffff", MID, 3, 4)
    picture.text(190, 150, "外观检验标准", 25, INK, bold=True, anchor="mm")
    for number, (name, limit) in enumerate((("划伤", "长度 ≤ 1.0 mm"), ("气孔", "直径 ≤ 0.5 mm"), ("缺料", "不允许"))):
        picture.text(84, 182 + number * 36, name, 20, TEAL, bold=True)
        picture.text(150, 182 + number * 36, limit, 19, MID)
    picture.box((890, 110, 1140, 330), "#fdfdfa", MID, 3, 4)
    picture.text(1015, 138, "目检记录（手写）", 22, INK, bold=True, anchor="mm")
    for row in range(6):
        y = 176 + row * 25
        picture.line([(908, y + 18), (1122, y + 18)], "#c9d2d3", 1.5)
        start = 916 + row * 7 % 30
        picture.line(
            [(start, y + 10), (start + 22, y + 2), (start + 38, y + 12), (start + 70, y + 4), (start + 110, y + 10)],
            "#24437a",
            2.5,
        )
    picture.shape([(520, 620), (680, 620), (700, 660), (500, 660)], "#3c474a")
    picture.box((588, 656, 612, 760), "#5c6466")
    return picture


def compressor_meter() -> Canvas:
    """Return the meter of the compressor station, with the compressor behind it."""
    picture = Canvas("#bcc7c7")
    picture.blend("#d3dbdb", "#a9b5b5", (0, 0, WIDTH, 620))
    picture.blend("#8a9697", "#748081", (0, 620, WIDTH, HEIGHT))
    picture.box((640, 190, 1160, 660), "#3f7f8a", "#2b5a62", 4, 14)
    picture.box((640, 190, 1160, 250), "#2b5a62", radius=14)
    picture.text(900, 220, "螺杆空压机 2号", 27, "#ffffff", bold=True, anchor="mm")
    for row in range(7):
        picture.box((690, 330 + row * 36, 900, 346 + row * 36), "#2f636c", radius=5)
    picture.box((950, 300, 1110, 400), "#1e2f33", radius=8)
    picture.text(1030, 332, "7.4", 38, "#8fe3c8", bold=True, anchor="mm")
    picture.text(1030, 374, "bar", 19, "#8fe3c8", anchor="mm")
    picture.disc(1030, 500, 52, "#eef2f2", "#2b5a62")
    picture.line([(1030, 500), (1062, 470)], RED, 5)
    picture.line([(0, 120), (640, 120), (700, 120), (700, 190)], "#6f86a8", 26)
    picture.shadow((120, 220, 530, 700), 18, 100)
    picture.box((110, 200, 520, 690), "#e7ebea", "#8b9798", 4, 10)
    picture.text(315, 232, "空压站电表", 28, INK, bold=True, anchor="mm")
    picture.box((160, 270, 470, 560), "#f9fbfb", "#6d797b", 4, 16)
    picture.box((192, 304, 438, 384), "#b7c9ab", "#5d6b55", 3, 6)
    picture.text(424, 344, "084215.6", 46, "#26311f", bold=True, anchor="rm")
    picture.text(315, 412, "kW·h   3×230/400 V   50 Hz", 18, MID, anchor="mm")
    for number, colour in enumerate((RED, "#d9b44a", GREEN)):
        picture.disc(235 + number * 80, 470, 16, colour, MID)
    picture.text(315, 524, "无通信口", 22, OCHRE, bold=True, anchor="mm")
    for number, colour in enumerate(("#c9a227", "#3c8c5a", "#b5402f", "#3a6ea5")):
        x = 236 + number * 52
        picture.line([(x, 560), (x, 690), (x + 10, HEIGHT)], colour, 9)
    picture.box((176, 590, 260, 660), "#ffffff", SOFT, 2, 3)
    picture.text(218, 612, "抄表卡", 17, INK, anchor="mm")
    picture.text(218, 638, "03-12", 17, "#24437a", bold=True, anchor="mm")
    return picture


def warehouse_shelves() -> Canvas:
    """Return the shelves of the finished goods store with paper cards."""
    picture = Canvas("#cdd3d2")
    picture.blend("#dfe4e3", "#bcc4c3", (0, 0, WIDTH, 660))
    picture.blend("#a3acab", "#8c9594", (0, 660, WIDTH, HEIGHT))
    boxes = ("#c79a62", "#b98a52", "#d3ab78", "#a97b48")
    for shelf in range(3):
        left = 40 + shelf * 385
        for level in range(4):
            y = 180 + level * 150
            for place in range(3):
                if (shelf * 4 + level * 3 + place) % 7 == 5:
                    continue
                x = left + 22 + place * 110
                high = 78 + (shelf * 31 + level * 17 + place * 23) % 34
                picture.box((x, y - high, x + 98, y), boxes[(shelf + level + place) % 4], "#7c5a31", 2, 3)
                picture.box((x + 40, y - high, x + 58, y), "#e2c79c")
                picture.box((x + 12, y - 40, x + 46, y - 14), "#fbfbf8", "#9a8b6c", 1.5)
                picture.line([(x + 17, y - 30), (x + 41, y - 30)], MID, 2)
                picture.line([(x + 17, y - 22), (x + 35, y - 22)], MID, 2)
            picture.box((left, y, left + 352, y + 14), OCHRE)
            picture.box((left + 140, y + 1, left + 212, y + 44), "#fbfbf8", SOFT, 2, 2)
            picture.text(left + 176, y + 13, "出入库卡", 13, INK, bold=True, anchor="mm")
            picture.line([(left + 150, y + 27), (left + 200, y + 25)], "#24437a", 2)
            picture.line([(left + 150, y + 36), (left + 188, y + 35)], "#24437a", 2)
        for x in (left, left + 338):
            picture.box((x, 60, x + 14, 700), "#3a5f8a")
        picture.box((left + 130, 70, left + 222, 112), LIGHT_TEAL, TEAL, 2, 4)
        picture.text(left + 176, 91, f"C-{shelf + 1:02d}", 24, INK, bold=True, anchor="mm")
    return picture
