"""The people of the demo book as paper cuts, 320 by 320."""

from .paper import CREAM, GOLD, INK, PAPER, RED, TEAL, Sheet, gull, star


def _figure(sheet, skin, coat, neck):
    sheet.lay(coat, lambda pen: pen.shape((44, 320), (78, 252), (130, 226), (190, 226), (242, 252), (276, 320)), 6)
    sheet.lay(skin, lambda pen: pen.box(140, 194, 180, 244), 2)
    sheet.lay(neck, lambda pen: pen.shape((120, 226), (160, 262), (200, 226), (190, 220), (130, 220)), 2)
    sheet.lay(skin, lambda pen: pen.disc(160, 152, 54, 1.16), 4)


def _face(sheet, smile=RED):
    sheet.lay(INK, lambda pen: (pen.disc(141, 150, 4.5), pen.disc(179, 150, 4.5)), 0)
    sheet.lay(smile, lambda pen: pen.stroke([(146, 182), (160, 188), (174, 182)], 3.4), 0)


def wren():
    sheet = Sheet(320, 320, "#e8b98a", "#cf7f5e")
    sheet.lay(CREAM, lambda pen: pen.disc(160, 160, 128), 5)
    sheet.lay("#4a2f2a", lambda pen: (pen.disc(160, 150, 76), pen.box(92, 150, 228, 232)), 3)
    _figure(sheet, "#c98f6b", TEAL, GOLD)
    sheet.lay("#4a2f2a", lambda pen: pen.shape((104, 146), (116, 92), (168, 80), (214, 104), (216, 142), (170, 112)), 2)
    _face(sheet)
    sheet.lay(PAPER, lambda pen: pen.shape((206, 108), (250, 72), (238, 118)), 2)
    return sheet.finished()


def orlo():
    sheet = Sheet(320, 320, "#7fa6ad", "#4b7f8a")
    sheet.lay("#dbe8e4", lambda pen: pen.disc(160, 160, 128), 5)
    _figure(sheet, "#e0b597", "#2b3a55", PAPER)
    sheet.lay(
        "#efe9dc", lambda pen: pen.shape((108, 164), (118, 226), (160, 254), (202, 226), (212, 164), (160, 196)), 3
    )
    _face(sheet, "#8c3b2a")
    sheet.lay(
        "#1d2a42", lambda pen: (pen.shape((98, 118), (110, 70), (210, 70), (222, 118)), pen.box(88, 112, 232, 126)), 4
    )
    sheet.lay(GOLD, lambda pen: star(pen, 160, 93, 13), 0)
    return sheet.finished()


def maud():
    sheet = Sheet(320, 320, "#8a86a3", "#5b5878")
    sheet.lay("#e4dced", lambda pen: pen.disc(160, 160, 128), 5)
    sheet.lay("#c9c6cf", lambda pen: (pen.disc(160, 92, 34), pen.disc(160, 142, 70)), 3)
    _figure(sheet, "#a9755a", "#7b3f4d", CREAM)
    sheet.lay(
        "#c9c6cf", lambda pen: pen.shape((106, 142), (112, 104), (160, 88), (208, 104), (214, 142), (160, 116)), 2
    )
    _face(sheet, "#6b2436")
    sheet.lay(
        INK,
        lambda pen: (pen.disc(140, 150, 17), pen.hole(140, 150, 13), pen.disc(180, 150, 17), pen.hole(180, 150, 13)),
        0,
    )
    return sheet.finished()


def tobias():
    sheet = Sheet(320, 320, "#e7c878", "#c99a45")
    sheet.lay("#fdf2d4", lambda pen: pen.disc(160, 160, 128), 5)
    _figure(sheet, "#8d5d44", "#3f6d4e", RED)
    sheet.lay(
        "#1f1a1c",
        lambda pen: pen.shape(
            (102, 140), (104, 98), (132, 78), (188, 78), (216, 98), (218, 140), (200, 112), (120, 112)
        ),
        3,
    )
    _face(sheet)
    gull(sheet, 250, 232, 30)
    return sheet.finished()
