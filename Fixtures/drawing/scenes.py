"""The pictures of the demo book, one function each."""

import math
import random

from .letters import write
from .paper import (
    CREAM,
    GOLD,
    INK,
    PAPER,
    RED,
    SEA,
    TEAL,
    Sheet,
    boat,
    gull,
    house,
    lighthouse,
    night_sky,
    ridge,
    star,
    swell,
)


def cover():
    sheet = Sheet(480, 720, "#1c2c48", "#d98a5c")
    night_sky(sheet, 46, 7, 300)
    sheet.glow(368, 300, 150, CREAM)
    sheet.lay(CREAM, lambda pen: pen.disc(368, 300, 50), 4)
    sheet.lay("#4b4a6b", lambda pen: pen.shape(*ridge(480, 720, 420, 40, 3)))
    sheet.lay("#34395a", lambda pen: pen.shape(*ridge(480, 720, 470, 30, 9)))
    lighthouse(sheet, 92, 480, 190)
    for index, colour in enumerate(SEA[1:]):
        sheet.lay(colour, lambda pen, i=index: pen.shape(*swell(480, 720, 516 + i * 52, 16, 5 + i, i * 0.37)))
        if index == 0:
            boat(sheet, 330, 552, 34)
        if index == 1:
            boat(sheet, 214, 628, 76, flag=RED)
    sheet.lay(PAPER, lambda pen: write(pen, "THE", 240, 44, 18), 3)
    sheet.lay(PAPER, lambda pen: write(pen, "PAPER", 240, 88, 36), 3)
    sheet.lay(PAPER, lambda pen: write(pen, "HARBOUR", 240, 156, 36), 3)
    return sheet.finished()


def harbour_dawn():
    sheet = Sheet(720, 420, "#f3c9a5", "#f8e7cf")
    sheet.glow(520, 220, 130, "#ffd58a")
    sheet.lay("#ffdf9e", lambda pen: pen.disc(520, 226, 46), 2)
    sheet.lay("#b9a7b8", lambda pen: pen.shape(*ridge(720, 420, 226, 26, 21)))
    sheet.lay("#8a86a3", lambda pen: pen.shape(*ridge(720, 420, 256, 18, 5)))
    sheet.lay("#6d5a52", lambda pen: pen.box(0, 286, 336, 310))
    rows = [("#e2c79b", RED), ("#c9d6cf", INK), ("#eedcb5", TEAL), ("#d8a48f", INK), ("#c6c2d4", RED)]
    for index, (wall, roof) in enumerate(rows):
        house(sheet, 14 + index * 62, 286, 52, 60 + (index * 23) % 34, wall, roof)
    for index, colour in enumerate(SEA[:4]):
        sheet.lay(colour, lambda pen, i=index: pen.shape(*swell(720, 420, 316 + i * 30, 9, 9 + i, i * 0.31)))
        if index == 1:
            boat(sheet, 440, 348, 30)
            boat(sheet, 610, 350, 24, flag=GOLD)
        if index == 2:
            boat(sheet, 232, 392, 44, flag=RED)
    gull(sheet, 372, 104, 20)
    gull(sheet, 428, 76, 13)
    return sheet.finished()


def lighthouse_night():
    sheet = Sheet(420, 560, "#16233d", "#37507a")
    night_sky(sheet, 60, 11, 330)
    beam = [(222, 186), (420, 96), (420, 226)]
    sheet.lay("#5d6f8f", lambda pen: pen.shape(*beam), 0)
    sheet.lay("#2b2f45", lambda pen: pen.shape(*ridge(420, 560, 452, 24, 17)))
    lighthouse(sheet, 206, 470, 300)
    for index, colour in enumerate(SEA[2:]):
        sheet.lay(colour, lambda pen, i=index: pen.shape(*swell(420, 560, 490 + i * 28, 10, 5 + i, i * 0.4)))
    return sheet.finished()


def night_ferry():
    sheet = Sheet(720, 400, "#0f1a30", "#2c4a6b")
    night_sky(sheet, 70, 29, 230)
    sheet.glow(130, 92, 90, CREAM)
    sheet.lay(CREAM, lambda pen: (pen.disc(130, 92, 34), pen.hole(146, 84, 30)), 2)
    sheet.lay(SEA[3], lambda pen: pen.shape(*swell(720, 400, 286, 8, 11, 0.2)))
    boat(sheet, 384, 328, 132, flag=RED)
    for at in (296, 340, 428, 472):
        sheet.glow(at, 296, 18, GOLD)
        sheet.lay(GOLD, lambda pen, at=at: pen.disc(at, 296, 6), 0)
    sheet.lay(SEA[4], lambda pen: pen.shape(*swell(720, 400, 346, 11, 10, 0.6)))
    return sheet.finished()


def lamp():
    sheet = Sheet(360, 360, "#3a2f3f", "#6b4a45")
    sheet.glow(180, 176, 190, GOLD)
    sheet.lay(INK, lambda pen: pen.stroke([(180, 20), (180, 84)], 5), 2)
    sheet.lay(INK, lambda pen: pen.shape((122, 112), (180, 72), (238, 112)))
    sheet.lay(CREAM, lambda pen: pen.shape((130, 112), (230, 112), (246, 262), (114, 262)), 4)
    sheet.lay(GOLD, lambda pen: pen.shape((180, 136), (204, 206), (180, 244), (156, 206)), 0)
    sheet.lay("#fff4d6", lambda pen: pen.shape((180, 178), (192, 212), (180, 234), (168, 212)), 0)
    sheet.lay(INK, lambda pen: (pen.box(108, 262, 252, 278), pen.box(126, 278, 234, 292)))
    for x in (147, 213):
        sheet.lay(INK, lambda pen, x=x: pen.stroke([(x, 114), (x + (x - 180) * 0.14, 262)], 3), 0)
    return sheet.finished()


def ink_gull():
    sheet = Sheet(400, 260, "#f7f0e2", "#efe3cb")
    gull(sheet, 200, 140, 150, INK)
    sheet.lay(RED, lambda pen: pen.shape((194, 168), (206, 168), (200, 186)), 0)
    gull(sheet, 72, 62, 22, "#6f7d92")
    gull(sheet, 340, 214, 16, "#6f7d92")
    return sheet.finished()


def folded_letter():
    sheet = Sheet(440, 320, "#7d8f86", "#5e736d")
    sheet.lay(PAPER, lambda pen: pen.box(60, 60, 380, 264), 8)
    sheet.lay("#e8dcc3", lambda pen: pen.shape((60, 264), (196, 156), (244, 156), (380, 264)), 3)
    sheet.lay("#fffaf0", lambda pen: pen.shape((60, 60), (380, 60), (220, 188)), 5)
    sheet.lay(RED, lambda pen: star(pen, 220, 178, 27, 12, 0.86), 3)
    sheet.lay("#a8412c", lambda pen: star(pen, 220, 178, 13, 5, 0.45), 0)
    return sheet.finished()


def paper_star():
    sheet = Sheet(64, 64, "#22314d", "#2c3f60")
    sheet.lay(GOLD, lambda pen: star(pen, 32, 34, 25), 2)
    sheet.lay("#f6d38a", lambda pen: star(pen, 32, 34, 12), 0)
    return sheet.finished()


def divider_waves():
    sheet = Sheet(640, 48, PAPER, PAPER)
    for side in (-1, 1):
        points = [(320 + side * (52 + x), 25 + 7 * math.sin(x / 15)) for x in range(0, 236, 3)]
        sheet.lay(TEAL, lambda pen, points=points: pen.stroke(points, 3.2), 0)
    boat(sheet, 320, 38, 26, hull="#8fb8bd", fold=TEAL)
    return sheet.finished()


def knots():
    sheet = Sheet(320, 200, "#e9dfc8", "#dccfae")

    def rope(points, colour):
        sheet.lay(colour, lambda pen: pen.stroke(points, 15), 4)
        sheet.lay("#f3e5c3", lambda pen: pen.stroke(points, 4), 0)

    loop = [(104 + 50 * math.cos(math.radians(a)), 92 + 46 * math.sin(math.radians(a))) for a in range(60, 390, 10)]
    rope(loop, "#b98d4f")
    rope([(20, 150), (92, 140), (152, 92), (190, 60)], "#a97b3e")
    second = [
        (214 + 50 * math.cos(math.radians(a)), 104 + 46 * math.sin(math.radians(a))) for a in range(-120, 210, 10)
    ]
    rope(second, "#c89d60")
    rope([(120, 150), (168, 116), (226, 64), (302, 42)], "#b98d4f")
    return sheet.finished()


def harbour_map():
    sheet = Sheet(640, 460, "#bcd6d3", "#9cc2c3")
    sheet.lay(
        "#e6d7af",
        lambda pen: pen.shape(
            (0, 0),
            (640, 0),
            (640, 96),
            (560, 128),
            (470, 118),
            (418, 170),
            (352, 158),
            (300, 196),
            (292, 268),
            (226, 316),
            (150, 300),
            (112, 352),
            (118, 410),
            (60, 460),
            (0, 460),
        ),
        6,
    )
    sheet.lay("#cdbd8b", lambda pen: pen.shape((0, 0), (300, 0), (246, 92), (150, 120), (104, 210), (0, 236)), 3)
    sheet.lay("#e6d7af", lambda pen: pen.disc(474, 330, 46, 0.7), 6)
    sheet.lay("#8a6f4d", lambda pen: pen.stroke([(308, 232), (392, 258), (430, 300)], 6), 2)
    for x, y in ((214, 236), (236, 216), (252, 246), (196, 262), (176, 236), (228, 262)):
        house(sheet, x, y, 15, 12, PAPER, RED)
    lighthouse(sheet, 474, 326, 52)
    route = [(300 + 16 * i, 420 - 70 * math.sin(i / 6)) for i in range(20)]
    sheet.lay(INK, lambda pen: [pen.disc(x, y, 2.4) for x, y in route], 0)
    boat(sheet, 596, 428, 18, flag=RED)
    sheet.lay(INK, lambda pen: star(pen, 572, 232, 40, 4, 0.2), 2)
    sheet.lay(GOLD, lambda pen: star(pen, 572, 232, 24, 4, 0.2, -45), 0)
    return sheet.finished()


def world_chart():
    sheet = Sheet(640, 400, "#dfe7e2", "#c8d8d4")
    chance = random.Random(41)
    for _ in range(9):
        x, y, size = chance.uniform(60, 580), chance.uniform(60, 340), chance.uniform(18, 58)
        tilt = [size * chance.uniform(0.7, 1.2) for _ in range(11)]
        coast = [
            (x + reach * math.cos(i / 11 * math.tau) * 1.3, y + reach * math.sin(i / 11 * math.tau) * 0.8)
            for i, reach in enumerate(tilt)
        ]
        sheet.lay(chance.choice(["#d9b98a", "#c9a774", "#e2cb9c"]), lambda pen, coast=coast: pen.shape(*coast), 5)
    for index in range(1, 6):
        sheet.lay("#8fa8a6", lambda pen, i=index: pen.stroke([(i * 107, 0), (i * 107, 400)], 0.7), 0)
        sheet.lay("#8fa8a6", lambda pen, i=index: pen.stroke([(0, i * 67), (640, i * 67)], 0.7), 0)
    boat(sheet, 330, 214, 26, flag=RED)
    return sheet.finished()


def tide(step, steps):
    """One moment of a tide that comes and goes."""
    shift = step / steps
    level = 118 + 9 * math.sin(shift * math.tau)
    sheet = Sheet(320, 180, "#f5d9b4", "#f5d9b4")
    sheet.lay("#ffefcb", lambda pen: pen.disc(246, 62, 26), 0)
    sheet.lay(SEA[1], lambda pen: pen.shape(*swell(320, 180, level, 8, 5, shift)), 0)
    boat(sheet, 130, level + 16, 34, flag=RED)
    sheet.lay(SEA[3], lambda pen: pen.shape(*swell(320, 180, level + 26, 9, 4, 1 - shift)), 0)
    return sheet.finished()
