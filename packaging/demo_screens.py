"""Demonstration pictures of screens: a dashboard, a network plan, a menu of systems."""

from __future__ import annotations

import math

from demo_canvas import GREEN, HAIR, HEIGHT, INK, LIGHT_TEAL, MID, OCHRE, SOFT, TEAL, WIDTH, Canvas

DARK, PANEL, EDGE, BRIGHT, DIM = "#0f1d22", "#182b31", "#28424a", "#e6f2f1", "#8fa9ab"


def machine_dashboard() -> Canvas:
    """Return the live view of the machine connection platform."""
    picture = Canvas(DARK)
    picture.box((0, 0, WIDTH, 64), PANEL)
    picture.text(28, 32, "设备联网平台", 26, BRIGHT, bold=True, anchor="lm")
    picture.text(WIDTH - 28, 32, "2026-03-12 10:41  演示数据", 18, DIM, anchor="rm")
    figures = (("在线设备", "50", "台"), ("运行", "37", "台"), ("待机", "9", "台"), ("报警", "4", "台"))
    for number, (name, figure, unit) in enumerate(figures):
        x = 28 + number * 290
        picture.box((x, 84, x + 272, 196), PANEL, EDGE, 1.5, 8)
        picture.text(x + 22, 102, name, 18, DIM)
        colour = (BRIGHT, "#5cc9a7", "#e8c268", "#ee8a6d")[number]
        picture.text(x + 22, 126, figure, 46, colour, bold=True)
        picture.text(x + 250, 176, unit, 18, DIM, anchor="rs")
    picture.box((28, 214, 770, 560), PANEL, EDGE, 1.5, 8)
    picture.text(50, 232, "机床状态", 20, BRIGHT, bold=True)
    for number in range(50):
        x, y = 50 + number % 10 * 71, 274 + number // 10 * 54
        state = "#ee8a6d" if number in (7, 18, 29, 44) else "#e8c268" if number % 6 == 3 else "#3d9f86"
        picture.box((x, y, x + 60, y + 42), state, radius=5)
        picture.text(x + 30, y + 21, f"M{number + 1:02d}", 16, DARK, bold=True, anchor="mm")
    picture.box((788, 214, 1172, 560), PANEL, EDGE, 1.5, 8)
    picture.text(810, 232, "近12小时开动率", 20, BRIGHT, bold=True)
    points = [
        (820 + hour * 29, 500 - 130 * (0.62 + 0.22 * math.sin(hour / 1.7) + hour % 3 * 0.04)) for hour in range(12)
    ]
    for level in range(4):
        picture.line([(820, 350 + level * 50), (1150, 350 + level * 50)], EDGE, 1)
    picture.shape([(points[0][0], 500), *points, (points[-1][0], 500)], "#1f4f4d")
    picture.line(points, "#5cc9a7", 3)
    picture.text(820, 518, "23时", 15, DIM)
    picture.text(1150, 518, "10时", 15, DIM, anchor="ra")
    picture.box((28, 578, 1172, 772), PANEL, EDGE, 1.5, 8)
    picture.text(50, 594, "报警", 20, BRIGHT, bold=True)
    alarms = (
        ("10:32", "M08", "主轴温度高"),
        ("10:05", "M19", "润滑油位低"),
        ("09:48", "M30", "刀具寿命到"),
        ("09:20", "M45", "气压低"),
    )
    for number, (time, machine, text) in enumerate(alarms):
        y = 630 + number * 33
        picture.disc(60, y + 12, 6, "#ee8a6d")
        picture.text(82, y, time, 18, DIM)
        picture.text(170, y, machine, 18, BRIGHT, bold=True)
        picture.text(250, y, text, 18, BRIGHT)
    return picture


def node(picture: Canvas, x: float, y: float, name: str, detail: str, colour: str = TEAL, width: float = 170) -> None:
    """Draw one box of the network plan around its centre."""
    picture.box((x - width / 2, y - 34, x + width / 2, y + 34), "#ffffff", colour, 2.5, 6)
    picture.text(x, y - 12, name, 19, INK, bold=True, anchor="mm")
    picture.text(x, y + 14, detail, 15, MID, anchor="mm")


def network_plan() -> Canvas:
    """Return the plan of office and shop-floor network."""
    picture = Canvas("#ffffff")
    picture.box((24, 24, WIDTH - 24, HEIGHT - 24), None, HAIR, 2)
    picture.text(52, 44, "车间网络拓扑图", 30, bold=True)
    picture.text(52, 88, "示例企业  版本 V2.1  2026-01-20", 17, MID)
    picture.box((52, 300, 560, 560), "#f2f7f7", HAIR, 1.5, 8)
    picture.text(70, 312, "办公应用网", 17, TEAL, bold=True)
    picture.box((600, 300, 1148, 720), "#faf5ee", HAIR, 1.5, 8)
    picture.text(618, 312, "车间工控网", 17, OCHRE, bold=True)
    lines = (
        [(600, 166), (600, 196)],
        [(600, 264), (600, 286), (306, 286), (306, 346)],
        [(600, 286), (874, 286), (874, 346)],
        [(306, 414), (306, 440), (160, 440), (160, 466)],
        [(306, 440), (446, 440), (446, 466)],
        [(874, 414), (874, 446), (700, 446), (700, 476)],
        [(874, 446), (1046, 446), (1046, 476)],
        [(700, 544), (700, 606)],
        [(874, 446), (874, 606)],
        [(1046, 544), (1046, 606)],
    )
    for line in lines:
        picture.line(list(line), SOFT, 2.5)
    node(picture, 600, 132, "互联网出口", "运营商专线", SOFT)
    node(picture, 600, 230, "防火墙", "访问控制", OCHRE)
    node(picture, 306, 380, "核心交换机", "办公")
    node(picture, 874, 380, "工业交换机", "车间", OCHRE)
    node(picture, 160, 500, "应用服务器", "企业资源计划、图档")
    node(picture, 446, 500, "备份服务器", "每日备份")
    node(picture, 700, 510, "网关 G1", "加工中心32台", OCHRE)
    node(picture, 1046, 510, "网关 G2", "磨床11台", OCHRE)
    for x, name, count in ((700, "加工车间一", "3号线"), (874, "注塑", "7台"), (1046, "磨削车间", "2号线")):
        node(picture, x, 640, name, count, SOFT, 150)
    picture.line([(52, 620), (560, 620)], HAIR, 1.5)
    for number, (colour, text) in enumerate(((TEAL, "办公应用网"), (OCHRE, "工控网与边界设备"), (SOFT, "终端与外部"))):
        picture.box((60, 640 + number * 34, 84, 658 + number * 34), "#ffffff", colour, 2.5, 3)
        picture.text(98, 638 + number * 34, text, 17, MID)
    return picture


def system_menu() -> Canvas:
    """Return the menu of information systems with the modules in use."""
    picture = Canvas("#eef2f2")
    picture.box((0, 0, WIDTH, 70), TEAL)
    picture.text(30, 35, "信息系统门户", 27, "#ffffff", bold=True, anchor="lm")
    picture.text(WIDTH - 30, 35, "示例用户  2026-03-12 11:32", 18, "#d6e9e7", anchor="rm")
    picture.box((0, 70, 210, HEIGHT), "#ffffff")
    for number, name in enumerate(("首页", "财务", "采购", "销售", "图档", "工艺", "人事", "协同办公")):
        y = 96 + number * 62
        if number == 0:
            picture.box((12, y - 10, 198, y + 38), "#d9ebe9", radius=6)
        picture.disc(42, y + 14, 8, TEAL if number == 0 else LIGHT_TEAL)
        picture.text(64, y + 14, name, 20, INK, bold=number == 0, anchor="lm")
    tiles = (
        ("财务管理", "总账、往来、存货、固定资产", "已启用"),
        ("采购管理", "需求、订单、供应商", "已启用"),
        ("销售管理", "客户、订单、发货", "已启用"),
        ("图档管理", "版本、审签", "已启用"),
        ("辅助制造", "数控程序、工艺卡", "已启用"),
        ("人事考勤", "考勤、薪酬", "已启用"),
        ("协同办公", "请假、报销、审批", "已启用"),
        ("计划排程", "使用电子表格", "未启用"),
        ("仓储管理", "使用纸质出入库卡", "未启用"),
    )
    for number, (name, detail, state) in enumerate(tiles):
        x, y = 240 + number % 3 * 316, 104 + number // 3 * 218
        is_on = state == "已启用"
        picture.box((x, y, x + 292, y + 194), "#ffffff", HAIR, 1.5, 10)
        picture.box((x + 22, y + 24, x + 74, y + 76), TEAL if is_on else "#c8d0d0", radius=10)
        for bar in range(3):
            picture.box((x + 34 + bar * 11, y + 60 - bar * 9, x + 41 + bar * 11, y + 64), "#ffffff")
        picture.text(x + 92, y + 36, name, 23, INK, bold=True)
        picture.text(x + 22, y + 98, detail, 17, MID)
        picture.disc(x + 30, y + 158, 6, GREEN if is_on else "#b9651b")
        picture.text(x + 46, y + 158, state, 18, GREEN if is_on else OCHRE, bold=True, anchor="lm")
    return picture
