"""Demonstration pictures of paper: lists, reports, boards with cards."""

from __future__ import annotations

from demo_canvas import (
    GREEN,
    HAIR,
    HEIGHT,
    INK,
    LIGHT_TEAL,
    MID,
    OCHRE,
    RED,
    SOFT,
    TEAL,
    WIDTH,
    Canvas,
    paper,
    table,
)


def desk(top: str, bottom: str) -> Canvas:
    """Return a desk seen from above."""
    picture = Canvas(bottom)
    picture.blend(top, bottom, (0, 0, WIDTH, HEIGHT))
    for number in range(9):
        y = 40 + number * 94
        picture.line([(0, y), (420, y + 7), (WIDTH, y - 3)], bottom, 1.5)
    return picture


def pencil(picture: Canvas, x: float, y: float) -> None:
    """Draw a pencil lying on the desk."""
    picture.shape([(x, y), (x + 210, y + 96), (x + 203, y + 112), (x - 7, y + 16)], "#d6a03a")
    picture.shape([(x, y), (x - 7, y + 16), (x - 30, y - 4)], "#f0dcb4")
    picture.shape([(x - 18, y), (x - 22, y + 4), (x - 30, y - 4)], INK)


def equipment_list() -> Canvas:
    """Return the equipment list on a desk."""
    picture = desk("#b79a77", "#a48560")
    sheet = paper(760, 690, "生产设备清单", "恒信精密机械有限公司（示例企业）  2026-03-12 清点")
    rows = [
        ["序号", "设备名称", "台数", "数字化", "联网", "备注"],
        ["1", "数控车床", "38", "16", "0", "旧系统22台"],
        ["2", "加工中心", "32", "32", "32", "网关"],
        ["3", "磨床", "18", "11", "11", "2025加装"],
        ["4", "注塑机", "7", "7", "7", "自带网口"],
        ["5", "清洗与辅助设备", "25", "0", "0", ""],
        ["合计", "", "120", "66", "50", ""],
    ]
    table(sheet, 44, 128, [0, 74, 268, 362, 456, 540], rows, step=44, size=19)
    sheet.text(44, 470, "数字化率 66 ÷ 120 = 55.00%", 20, TEAL, bold=True)
    sheet.text(44, 506, "联网率 50 ÷ 120 = 41.67%", 20, TEAL, bold=True)
    for number, name in enumerate(("设备部", "生产部", "顾问核对")):
        x = 44 + number * 228
        sheet.text(x, 596, name, 16, MID)
        sheet.line([(x, 650), (x + 180, 650)], SOFT, 1.5)
        sheet.line([(x + 26, 640), (x + 46, 616), (x + 60, 642), (x + 92, 620), (x + 128, 638)], "#24437a", 2.5)
    picture.lay(sheet, (170, 36), 3)
    pencil(picture, 970, 380)
    return picture


def cmm_report() -> Canvas:
    """Return a coordinate measuring report."""
    picture = desk("#8f9a9c", "#7b8789")
    sheet = paper(720, 700, "三坐标检测报告", "壳体 HX-2207  批号 260311-04  2026-03-11")
    sheet.box((470, 126, 676, 300), "#eef2f2", HAIR, 1.5)
    for radius, fill in ((62, "#c9d4d4"), (44, "#eef2f2"), (16, "#c9d4d4")):
        sheet.disc(573, 213, radius, fill, MID)
    sheet.line([(573, 140), (573, 286)], RED, 1.2)
    sheet.line([(486, 213), (660, 213)], RED, 1.2)
    for number, line in enumerate(("零件：减速器壳体", "数量：抽检8件", "温度：20.3 ℃", "设备：三坐标 02")):
        sheet.text(44, 132 + number * 38, line, 18, MID)
    rows = [["特征", "名义", "公差", "实测", "判定"]]
    values = (
        ("孔径 D1", "62.000", "+0.030", "62.012", "合格"),
        ("孔径 D2", "40.000", "+0.025", "40.009", "合格"),
        ("同轴度", "0.000", "0.020", "0.011", "合格"),
        ("平面度", "0.000", "0.015", "0.017", "超差"),
        ("孔距 L1", "118.000", "±0.040", "118.021", "合格"),
        ("孔距 L2", "86.500", "±0.040", "86.487", "合格"),
    )
    rows += [list(value) for value in values]
    table(sheet, 44, 326, [0, 150, 282, 410, 530], rows, step=43, size=18)
    sheet.disc(640, 518, 26, "#f6e6e4", RED)
    sheet.text(640, 518, "超差", 15, RED, bold=True, anchor="mm")
    picture.lay(sheet, (230, 28), -2.5)
    picture.box((30, 520, 196, 770), "#2e3a3d", radius=14)
    picture.box((48, 540, 178, 612), "#9fc7a0", radius=6)
    picture.text(170, 576, "62.01", 34, "#22301f", bold=True, anchor="rm")
    for number in range(9):
        x, y = 62 + number % 3 * 42, 634 + number // 3 * 42
        picture.box((x, y, x + 30, y + 28), "#5d6b6e", radius=5)
    return picture


def two_year_statement() -> Canvas:
    """Return the statement of two years."""
    picture = desk("#c2b8a6", "#ada18c")
    sheet = paper(900, 620, "两年经营与能耗对照表", "财务部汇总  2026-02-28  （示例数据）")
    rows = [
        ["项目", "单位", "2024年", "2025年", "变化"],
        ["营业收入", "万元", "5990", "6240", "增加"],
        ["营业成本", "万元", "5128", "5373", "增加"],
        ["从业人员", "人", "126", "128", "增加"],
        ["综合能源消费量", "吨标准煤", "421.5", "412.6", "降低"],
        ["月均产品合格率", "%", "97.8", "97.8", "持平"],
        ["数字化投入（三年均值）", "万元", "", "75.3", ""],
    ]
    table(sheet, 44, 130, [0, 300, 440, 580, 720], rows, step=50, size=20)
    for number, (last, previous) in enumerate(((62.4, 59.9), (53.7, 51.3), (41.3, 42.2))):
        x = 60 + number * 130
        sheet.box((x, 580 - previous * 1.3, x + 34, 580), LIGHT_TEAL)
        sheet.box((x + 40, 580 - last * 1.3, x + 74, 580), TEAL)
    sheet.line([(44, 580), (460, 580)], INK, 2)
    sheet.disc(730, 536, 58, "#fbf0ee", RED)
    sheet.text(730, 526, "示例公司", 19, RED, bold=True, anchor="mm")
    sheet.text(730, 552, "财务专用", 17, RED, anchor="mm")
    picture.lay(sheet, (140, 60), 1.6)
    pencil(picture, 1010, 40)
    return picture


def schedule_board() -> Canvas:
    """Return a whiteboard with magnetic cards."""
    picture = Canvas("#d7d2c6")
    picture.blend("#e4e0d6", "#cbc5b7", (0, 0, WIDTH, HEIGHT))
    picture.shadow((66, 66, 1140, 700))
    picture.box((60, 54, 1140, 690), "#aeb7b8", radius=10)
    picture.box((78, 72, 1122, 672), "#f7f9f9", radius=4)
    picture.text(104, 88, "三月第二周 排产", 34, "#24437a", bold=True)
    days = ("机床", "周一", "周二", "周三", "周四", "周五", "周六")
    for number, day in enumerate(days):
        x = 104 + number * 145
        picture.text(x, 150, day, 24, INK, bold=True)
        picture.line([(x - 10, 146), (x - 10, 656)], HAIR, 2)
    cards = ("#f4c95d", "#9ed0c8", "#f2a38a", "#c6d58c", "#a9c4e8")
    for row in range(6):
        y = 196 + row * 76
        picture.line([(94, y - 8), (1108, y - 8)], HAIR, 2)
        picture.text(104, y + 16, ("车床1组", "车床2组", "加工中心", "磨床", "清洗", "终检")[row], 20, MID)
        for column in range(6):
            if (row * 5 + column * 3) % 7 in (1, 5):
                continue
            x = 249 + column * 145
            tilt = ((row + column) % 3 - 1) * 3
            picture.shape(
                [(x, y + tilt), (x + 122, y - tilt), (x + 122, y + 54 - tilt), (x, y + 54 + tilt)],
                cards[(row + 2 * column) % 5],
            )
            picture.text(x + 10, y + 8, f"HX-22{(row * 13 + column * 7) % 90 + 10}", 17, INK)
            picture.text(x + 10, y + 30, f"{(row * 37 + column * 53) % 300 + 60} 件", 15, MID)
    picture.line([(268, 334), (470, 334)], RED, 4)
    picture.box((532, 262, 670, 336), None, RED, 4, 14)
    picture.text(262, 296, "插单！周三改到周六", 26, RED, bold=True)
    picture.box((420, 690, 780, 712), "#8d989a", radius=4)
    for number, colour in enumerate((RED, "#24437a", INK)):
        picture.box((470 + number * 90, 680, 540 + number * 90, 696), colour, radius=5)
    return picture


def project_board() -> Canvas:
    """Return a cork board with the retrofit project and training dates."""
    picture = Canvas("#c69a63")
    picture.blend("#cfa670", "#b98a52", (0, 0, WIDTH, HEIGHT))
    for number in range(420):
        x, y = (number * 197) % WIDTH, (number * 331) % HEIGHT
        picture.disc(x, y, 2 + number % 3, ("#b4834b", "#dbb583", "#a97843")[number % 3])
    plan = paper(640, 500, "数字化改造计划（示例）", "2025—2026  设备部、信息化兼职岗")
    tasks = (
        ("磨床加装网关", 0, 3, 1),
        ("设备联网平台", 1, 5, 1),
        ("图档管理上线", 4, 4, 1),
        ("质量系统", 5, 5, 0),
        ("排产系统选型", 8, 3, 0),
    )
    for number, (name, start, length, done) in enumerate(tasks):
        y = 136 + number * 66
        plan.text(44, y + 6, name, 19)
        plan.line([(200, y + 48), (596, y + 48)], HAIR, 1.2)
        x = 206 + start * 34
        plan.box((x, y, x + length * 34, y + 34), TEAL if done else None, TEAL, 2.5, 4)
    for month in range(12):
        plan.text(212 + month * 33, 112, str(month + 1), 13, SOFT)
    picture.lay(plan, (70, 90), 1.8)
    training = paper(380, 330, "培训安排", "每季度一次")
    for number, (day, subject) in enumerate(
        (("03-06", "数据填报"), ("06-05", "图档规范"), ("09-04", "设备看板"), ("12-04", "质量数据"))
    ):
        training.text(44, 128 + number * 46, day, 19, TEAL, bold=True)
        training.text(140, 128 + number * 46, subject, 19)
        training.text(300, 128 + number * 46, ("已办", "", "", "")[number], 17, GREEN, bold=True)
    picture.lay(training, (750, 70), -3)
    staff = paper(360, 250, "兼职数字化专员", "设备部  1人")
    for number, line in enumerate(("联网设备日检", "账号与备份", "问题登记")):
        staff.disc(58, 146 + number * 38, 6, OCHRE)
        staff.text(78, 132 + number * 38, line, 20)
    picture.lay(staff, (770, 470), 2.5)
    for x, y, colour in ((390, 108, RED), (930, 92, TEAL), (950, 492, RED)):
        picture.disc(x + 4, y + 5, 13, "#7c5a31")
        picture.disc(x, y, 13, colour)
        picture.disc(x - 4, y - 4, 4, "#f5f1ea")
    return picture
