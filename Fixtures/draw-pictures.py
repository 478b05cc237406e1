#!/usr/bin/env python3
"""Draws every picture of the demo book. Two runs with the same Pillow give the same bytes.

pip install pillow
python3 Fixtures/draw-pictures.py
"""

import pathlib

from PIL import Image

from drawing import portraits, scenes

BOOK = pathlib.Path(__file__).parent / "demo-book"
LIBRARY = "media-root/old-library.example/uploads"
MAX_BYTES = 60 * 1024


def save(image, *paths, **options):
    """Writes one picture under each name: the same bytes, so that they are one asset."""
    first = BOOK / paths[0]
    for path in paths:
        (BOOK / path).parent.mkdir(parents=True, exist_ok=True)
    image.save(first, **options)
    for path in paths[1:]:
        (BOOK / path).write_bytes(first.read_bytes())
    assert first.stat().st_size <= MAX_BYTES, f"{first} has {first.stat().st_size} bytes"


def jpeg(image, *paths, **options):
    save(image, *paths, quality=84, optimize=True, progressive=True, **options)


def png(image, *paths):
    """With a palette: paper needs few colours."""
    save(image.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE), *paths, optimize=True)


def webp(image, *paths):
    save(image, *paths, quality=82, method=6)


def with_position(image):
    """What a telephone adds: its make, the day, and where it was (a spot in the open Atlantic)."""
    exif = image.getexif()
    exif[0x010F] = "Lantern"
    exif[0x0110] = "Lantern Pocket 3"
    exif[0x0112] = 1
    exif[0x0132] = "2019:05:04 06:12:00"
    position = exif.get_ifd(0x8825)
    position[0] = b"\x02\x03\x00\x00"
    position[1], position[2] = "N", (38.0, 41.0, 24.5)
    position[3], position[4] = "W", (33.0, 12.0, 48.25)
    position[5], position[6] = b"\x00", 2.0
    return exif


def main():
    jpeg(scenes.cover(), "media/cover.jpg")
    jpeg(scenes.harbour_dawn(), f"{LIBRARY}/2018/harbour-dawn.jpg")
    webp(scenes.lighthouse_night(), f"{LIBRARY}/2019/lighthouse.webp", "media/lighthouse.webp")
    jpeg(scenes.night_ferry(), "media/night-ferry.jpg")
    jpeg(scenes.lamp(), f"{LIBRARY}/2019/lamp.jpg")
    png(scenes.ink_gull(), "media-root/drawings/ink-gull.png")
    png(scenes.folded_letter(), f"{LIBRARY}/2018/folded-letter.png")
    png(scenes.paper_star(), "media/paper-star.png")
    png(scenes.divider_waves(), "media/divider-waves.png", f"{LIBRARY}/2019/divider-waves.png")
    png(scenes.knots(), "media/knots.png")
    png(scenes.harbour_map(), "media/harbour-map.png")
    webp(scenes.world_chart(), f"{LIBRARY}/2019/world-chart.webp")
    frames = [scenes.tide(step, 10).quantize(96, dither=Image.Dither.NONE) for step in range(10)]
    save(frames[0], "media/tide.gif", save_all=True, append_images=frames[1:], duration=160, loop=0, disposal=1)

    wren = portraits.wren()
    jpeg(wren, "media/portraits/wren.jpg", exif=with_position(wren))
    jpeg(portraits.orlo(), f"{LIBRARY}/2019/orlo.jpg")
    png(portraits.maud(), "media/portraits/maud.png")
    jpeg(portraits.tobias(), f"{LIBRARY}/2018/tobias.jpg")


if __name__ == "__main__":
    main()
