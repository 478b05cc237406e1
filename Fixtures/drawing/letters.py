"""Capital letters cut with scissors: strokes in a box of 1 by 1.4, enough for one title."""

import math


def _arc(x, y, rx, ry, start, end):
    steps = 14
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


_BOWL = _arc(0.45, 0.36, 0.42, 0.36, -90, 90)

LETTERS = {
    "A": [[(0, 1.4), (0.5, 0), (1, 1.4)], [(0.2, 0.95), (0.8, 0.95)]],
    "B": [
        [(0.08, 0), (0.08, 1.4)],
        [(0.08, 0), *_BOWL, (0.08, 0.72)],
        [(0.08, 0.72), *_arc(0.5, 1.06, 0.44, 0.34, -90, 90), (0.08, 1.4)],
    ],
    "E": [[(0.9, 0), (0.08, 0), (0.08, 1.4), (0.9, 1.4)], [(0.08, 0.7), (0.72, 0.7)]],
    "H": [[(0.06, 0), (0.06, 1.4)], [(0.94, 0), (0.94, 1.4)], [(0.06, 0.7), (0.94, 0.7)]],
    "O": [_arc(0.5, 0.7, 0.5, 0.7, 0, 360)],
    "P": [[(0.08, 1.4), (0.08, 0), *_BOWL, (0.08, 0.72)]],
    "R": [[(0.08, 1.4), (0.08, 0), *_BOWL, (0.08, 0.72)], [(0.42, 0.72), (0.92, 1.4)]],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1.4)]],
    "U": [[(0.06, 0), *_arc(0.5, 0.94, 0.44, 0.46, 180, 0), (0.94, 0)]],
}


def write(pen, text, middle, top, size):
    """Writes `text` around the column `middle`; a letter is `size` wide."""
    step = size * 1.42
    left = middle - (len(text) * step - (step - size)) / 2
    for index, letter in enumerate(text):
        for line in LETTERS.get(letter, []):
            pen.stroke([(left + index * step + x * size, top + y * size) for x, y in line], size * 0.2)
