#!/usr/bin/env python3
"""Writes the demo book's documents from the prose in `writing/` and the pictures that `draw-pictures.py` drew.

    python3 Fixtures/write-demo-book.py

FileRefs need digests and sizes and one chapter holds a picture in itself, so the documents are put together here.
"""

import base64
import hashlib
import json
import pathlib

from PIL import Image

from writing import book, ending, opening, styles

BOOK = pathlib.Path(__file__).parent / "demo-book"


def file_ref(asset_id, role, name):
    """A FileRef of the old library: its bytes stand below `media-root`, under the host that served them."""
    path = BOOK / "media-root" / book.LIBRARY / name
    with Image.open(path) as image:
        width, height, mime = image.width, image.height, image.get_format_mimetype()
    return {
        "assetId": asset_id,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "role": role,
        "mime": mime,
        "width": width,
        "height": height,
        "remoteUrl": f"http://{book.LIBRARY}/{name}",
    }


def data_url(path):
    return "data:image/png;base64," + base64.b64encode((BOOK / path).read_bytes()).decode("ascii")


def chapter(index, content, **more):
    id, title, _ = book.CHAPTERS[index]
    return {"id": id, "bookId": book.BOOK_ID, "title": title, **more, "content": content}


def chapters():
    """Each in a layout of its own."""
    dawn = file_ref(book.DAWN, "attachment", "2018/harbour-dawn.jpg")
    first = chapter(0, opening.tide_takes_letters(book.DAWN)) | {"fileRefs": {book.DAWN: dawn}}
    yield 0, styles.indented(first)
    yield 1, styles.indented(chapter(1, opening.lamp_for_orlo()))
    yield 2, styles.minified(chapter(2, opening.rules_of_the_star_folder(data_url("media/paper-star.png"))))
    yield 3, "\n" + styles.odd(chapter(3, ending.knots(), order=4, tension=0.25)) + "\n\n"
    yield 4, styles.indented(chapter(4, styles.minified(ending.night_ferry())), 4)
    yield 5, styles.indented(chapter(5, ending.morning_post()), "\t")


def write(name, words):
    path = BOOK / name
    path.parent.mkdir(parents=True, exist_ok=True)
    json.loads(words)
    path.write_bytes(words.encode("utf-8"))


def main():
    write("book.json", styles.indented(book.book(file_ref)))
    for index, words in chapters():
        write(f"chapters/{book.CHAPTERS[index][2]}.json", words)
    write("characters/maud.json", styles.indented(book.maud()))
    write("characters/tobias.json", styles.indented(book.tobias(file_ref)))


if __name__ == "__main__":
    main()
