#!/usr/bin/env python3
"""Writes the documents that no editor keeps as they are: nested strings, a byte order mark, and all of `bad/`.

python3 Fixtures/documents/write-documents.py
"""

import json
import pathlib

HERE = pathlib.Path(__file__).parent


def image(alt):
    return {"type": "image", "attrs": {"src": "pictures/a.png", "alt": alt}}


def doc(*nodes):
    return {"type": "doc", "content": list(nodes)}


def chapter(id, content):
    return {"id": id, "bookId": "forms", "title": id, "content": content}


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def nested():
    """A text in a string in a string, as backups of backups have it."""
    inner = doc(
        image("local-file: two strings deep"),
        {"type": "paragraph", "content": [{"type": "text", "text": '“Quotes”, \\ and "these" and a tab\tand 👩‍👩‍👧'}]},
    )
    return json.dumps(chapter("nested", text(text(inner))), indent=2) + "\n"


def windows():
    words = json.dumps(chapter("windows", doc(image("local-file: after a byte order mark"))), indent=4)
    return b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode() + b"\r\n"


GOOD = text(
    chapter("bad", doc(image("x"), {"type": "paragraph", "content": [{"type": "text", "text": "TEXT"}]}))
).encode()

BAD = {
    "empty.json": b"",
    "blank.json": b" \t\r\n\n",
    "only-bom.json": b"\xef\xbb\xbf",
    "not-json.json": b"Dear Wren,\n\nthis is a letter.\n",
    "html-page.json": b"<!doctype html><title>502 Bad Gateway</title>\n",
    "truncated.json": GOOD[: len(GOOD) * 2 // 3],
    "truncated-in-string.json": GOOD[: GOOD.index(b"TEXT") + 2],
    "trailing-comma.json": GOOD[:-1] + b",}",
    "comment.json": b"// a comment\n" + GOOD,
    "single-quotes.json": GOOD.replace(b'"', b"'"),
    "two-roots.json": GOOD + b"\n" + GOOD + b"\n",
    "nan.json": GOOD.replace(b'"title":"bad"', b'"title":NaN'),
    "leading-zero.json": GOOD.replace(b'"title":"bad"', b'"order":007'),
    "control-in-string.json": GOOD.replace(b"TEXT", b"TE\x01XT"),
    "line-break-in-string.json": GOOD.replace(b"TEXT", b"TE\nXT"),
    "bad-escape.json": GOOD.replace(b"TEXT", b"TE\\xXT"),
    "form-feed.json": GOOD.replace(b",", b",\x0c", 1),
    "zero-byte.json": GOOD + b"\x00",
    "invalid-utf8.json": GOOD.replace(b"TEXT", b"caf\xe9"),
    "overlong-utf8.json": GOOD.replace(b"TEXT", b"\xc0\xaf"),
    "surrogate-utf8.json": GOOD.replace(b"TEXT", b"\xed\xa0\xbd\xed\xb8\x80"),
    "beyond-unicode.json": GOOD.replace(b"TEXT", b"\xf4\x90\x80\x80"),
    "cut-utf8.json": GOOD.replace(b"TEXT", b"\xf0\x9f\x9a"),
    "utf-16.json": "\ufeff".encode("utf-16-le") + GOOD.decode().encode("utf-16-le"),
    "too-deep.json": b"[" * 10_000 + b"]" * 10_000,
    "too-deep-and-cut.json": b'{"content":' * 5_000,
    "too-deep-in-string.json": text(chapter("deep", "[" * 10_000 + "]" * 10_000)).encode(),
    "scalar.json": b"42\n",
    "string-root.json": b'"only words"\n',
    "not-a-document.json": b'{ "name": "foldhaven", "version": "1.0.0", "content": 42 }\n',
}


def main():
    (HERE / "nested.json").write_text(nested(), encoding="utf-8")
    (HERE / "windows.json").write_bytes(windows())
    for name, content in BAD.items():
        (HERE / "bad" / name).write_bytes(content)


if __name__ == "__main__":
    main()
