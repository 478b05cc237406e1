"""Cut paper: shapes with a soft shadow, laid over one another. No fonts, no clock, no chance."""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

SCALE = 3  # Drawn three times as large and made smaller, for smooth edges.

INK = "#23324a"
PAPER = "#f6efe0"
CREAM = "#fbe9c6"
RED = "#c8553d"
GOLD = "#e9b44c"
TEAL = "#2f6f73"
SEA = ("#8fb8bd", "#5f979f", "#3f7a85", "#2a5c6b", "#1d4454")


class Sheet:
    """A picture in the making; all measures are in its final pixels."""

    def __init__(self, width, height, top, bottom):
        self.width, self.height = width, height
        self.image = _gradient(width * SCALE, height * SCALE, top, bottom)

    def lay(self, colour, paint, shadow=5):
        """Lays one sheet of paper: `paint(pen)` cuts its outline."""
        mask = Image.new("L", self.image.size, 0)
        paint(Pen(ImageDraw.Draw(mask)))
        if shadow:
            dark = mask.filter(ImageFilter.GaussianBlur(shadow * SCALE * 0.8))
            dark = dark.transform(dark.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, -round(shadow * SCALE * 0.6)))
            dark = dark.point(lambda value: value * 0.38)
            self.image.paste(Image.new("RGB", self.image.size, "#101a2a"), (0, 0), dark)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def glow(self, x, y, radius, colour):
        mask = Image.new("L", self.image.size, 0)
        Pen(ImageDraw.Draw(mask)).disc(x, y, radius * 0.55)
        mask = mask.filter(ImageFilter.GaussianBlur(radius * SCALE * 0.3)).point(lambda value: value * 0.6)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def finished(self):
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


class Pen:
    """Cuts outlines in final pixels."""

    def __init__(self, draw):
        self.draw = draw

    def shape(self, *points):
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)

    def disc(self, x, y, radius, stretch=1.0):
        rx, ry = radius * SCALE, radius * stretch * SCALE
        self.draw.ellipse([x * SCALE - rx, y * SCALE - ry, x * SCALE + rx, y * SCALE + ry], fill=255)

    def hole(self, x, y, radius):
        r = radius * SCALE
        self.draw.ellipse([x * SCALE - r, y * SCALE - r, x * SCALE + r, y * SCALE + r], fill=0)

    def box(self, left, top, right, bottom):
        self.shape((left, top), (right, top), (right, bottom), (left, bottom))

    def stroke(self, points, width):
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=255, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2)


def _gradient(width, height, top, bottom):
    """Blends in whole numbers, so that every machine gets the same bytes."""
    first, last = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (top, bottom))
    column = Image.new("RGB", (1, height))
    for y in range(height):
        column.putpixel((0, y), tuple((a * (height - y) + b * y) // height for a, b in zip(first, last)))
    return column.resize((width, height), Image.Resampling.NEAREST)


def ridge(width, height, base, rise, seed):
    """The outline of hills or of a wave, down to the lower edge."""
    chance = random.Random(seed)
    waves = [(rise / n, n * chance.uniform(0.7, 1.3), chance.uniform(0, 6.28)) for n in (1, 2, 3.5)]
    points = [(0, height)]
    for x in range(0, width + 4, 4):
        angle = x / width * 2 * math.pi
        points.append((x, base + sum(size * math.sin(speed * angle + start) for size, speed, start in waves)))
    return points + [(width, height)]


def swell(width, height, base, rise, waves, shift=0.0):
    """Pointed waves, as scissors cut them."""
    points = [(0, height)]
    for x in range(0, width + 3, 3):
        points.append((x, base - rise * abs(math.sin((x / width * waves + shift) * math.pi))))
    return points + [(width, height)]


def boat(sheet, x, y, size, hull=PAPER, fold="#e3d6bd", flag=None):
    """A folded boat whose keel is at (x, y)."""
    s = size
    if flag:
        sheet.lay(INK, lambda pen: pen.stroke([(x, y - s * 0.5), (x, y - s * 1.35)], max(1.2, s / 40)), 0)
        sheet.lay(flag, lambda pen: pen.shape((x, y - s * 1.35), (x + s * 0.4, y - s * 1.22), (x, y - s * 1.08)), 1)
    sheet.lay(fold, lambda pen: pen.shape((x - s * 0.42, y - s * 0.38), (x, y - s), (x + s * 0.42, y - s * 0.38)), 2)
    sheet.lay(hull, lambda pen: pen.shape((x, y - s), (x + s * 0.42, y - s * 0.38), (x, y - s * 0.2)), 0)
    sheet.lay(hull, lambda pen: pen.shape((x - s, y - s * 0.5), (x, y - s * 0.3), (x - s * 0.55, y), (x, y)), 2)
    sheet.lay(
        hull,
        lambda pen: pen.shape(
            (x - s, y - s * 0.5), (x, y - s * 0.28), (x + s, y - s * 0.5), (x + s * 0.58, y), (x - s * 0.58, y)
        ),
        3,
    )
    sheet.lay(fold, lambda pen: pen.shape((x, y - s * 0.28), (x + s, y - s * 0.5), (x + s * 0.58, y), (x, y)), 0)


def gull(sheet, x, y, size, colour=PAPER):
    sheet.lay(
        colour,
        lambda pen: pen.shape(
            (x - size, y - size * 0.45),
            (x - size * 0.35, y - size * 0.3),
            (x, y),
            (x + size * 0.35, y - size * 0.3),
            (x + size, y - size * 0.45),
            (x + size * 0.3, y - size * 0.02),
            (x, y + size * 0.3),
            (x - size * 0.3, y - size * 0.02),
        ),
        2,
    )


def star(pen, x, y, radius, points=5, waist=0.45, turn=-90.0):
    outline = []
    for index in range(points * 2):
        angle = math.radians(turn + index * 180 / points)
        reach = radius if index % 2 == 0 else radius * waist
        outline.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    pen.shape(*outline)


def night_sky(sheet, count, seed, below):
    chance = random.Random(seed)
    spots = [
        (chance.uniform(8, sheet.width - 8), chance.uniform(8, below), chance.uniform(0.8, 2.6)) for _ in range(count)
    ]
    sheet.lay(CREAM, lambda pen: [star(pen, x, y, size * 1.6, 4, 0.35) for x, y, size in spots], 0)


def lighthouse(sheet, x, y, size, light=GOLD):
    """Stands on (x, y) and is `size` high."""
    s = size
    sheet.glow(x, y - s * 0.88, s * 0.5, light)
    sheet.lay(
        PAPER,
        lambda pen: pen.shape(
            (x - s * 0.15, y), (x - s * 0.09, y - s * 0.78), (x + s * 0.09, y - s * 0.78), (x + s * 0.15, y)
        ),
        4,
    )
    for low in (0.1, 0.36, 0.62):
        wide, narrow = 0.15 - low * 0.077, 0.15 - (low + 0.12) * 0.077
        sheet.lay(
            RED,
            lambda pen, low=low, wide=wide, narrow=narrow: pen.shape(
                (x - s * wide, y - s * low),
                (x - s * narrow, y - s * (low + 0.12)),
                (x + s * narrow, y - s * (low + 0.12)),
                (x + s * wide, y - s * low),
            ),
            0,
        )
    sheet.lay(INK, lambda pen: pen.box(x - s * 0.12, y - s * 0.81, x + s * 0.12, y - s * 0.78), 1)
    sheet.lay(light, lambda pen: pen.box(x - s * 0.065, y - s * 0.93, x + s * 0.065, y - s * 0.81), 0)
    sheet.lay(
        RED, lambda pen: pen.shape((x - s * 0.1, y - s * 0.93), (x, y - s * 1.04), (x + s * 0.1, y - s * 0.93)), 2
    )


def house(sheet, x, y, width, height, wall, roof):
    """Its ground is at y, its left wall at x."""
    sheet.lay(wall, lambda pen: pen.box(x, y - height, x + width, y), 3)
    eaves = width * 0.1
    sheet.lay(
        roof,
        lambda pen: pen.shape(
            (x - eaves, y - height), (x + width / 2, y - height - width * 0.5), (x + width + eaves, y - height)
        ),
        2,
    )
    w = width * 0.2
    sheet.lay(
        GOLD,
        lambda pen: [
            pen.box(x + width * at, y - height * 0.72, x + width * at + w, y - height * 0.72 + w * 1.3)
            for at in (0.2, 0.6)
        ],
        0,
    )
    sheet.lay(INK, lambda pen: pen.box(x + width * 0.4, y - height * 0.32, x + width * 0.6, y), 0)
