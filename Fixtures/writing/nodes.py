"""TipTap nodes, said shortly. Text takes *italic*, **bold**, ***both***, [words](address) and line breaks."""

import re

_MARKUP = re.compile(r"(\*\*\*.+?\*\*\*|\*\*.+?\*\*|\*.+?\*|\[.+?\]\(.+?\)|\n)")


def text(words, *marks):
    node = {"type": "text"}
    if marks:
        node["marks"] = list(marks)
    return node | {"text": words}


def mark(name, **attrs):
    return {"type": name, "attrs": attrs} if attrs else {"type": name}


def inline(words):
    """Never gives an empty text node: TipTap would load an empty document for it."""
    return [_piece(piece) for piece in _MARKUP.split(words) if piece]


def _piece(piece):
    if piece == "\n":
        return {"type": "hardBreak"}
    if piece.startswith("***"):
        return text(piece[3:-3], mark("bold"), mark("italic"))
    if piece.startswith("**"):
        return text(piece[2:-2], mark("bold"))
    if piece.startswith("*"):
        return text(piece[1:-1], mark("italic"))
    if piece.startswith("["):
        words, address = piece[1:-1].split("](")
        return text(words, mark("link", href=address, target="_blank", rel="noopener noreferrer nofollow"))
    return text(piece)


def doc(*nodes):
    return {"type": "doc", "content": list(nodes)}


def p(words):
    return {"type": "paragraph", "content": inline(words)}


def h(level, words):
    return {"type": "heading", "attrs": {"level": level}, "content": inline(words)}


def quote(*nodes):
    return {"type": "blockquote", "content": [_block(node) for node in nodes]}


def bullets(*items):
    return {"type": "bulletList", "content": [_item(item) for item in items]}


def numbers(*items, start=1):
    return {"type": "orderedList", "attrs": {"start": start, "type": None}, "content": [_item(item) for item in items]}


def tasks(*items):
    return {
        "type": "taskList",
        "content": [{"type": "taskItem", "attrs": {"checked": done}, "content": [p(words)]} for done, words in items],
    }


def table(head, *rows):
    lines = [{"type": "tableRow", "content": [_cell("tableHeader", cell) for cell in head]}]
    lines += [{"type": "tableRow", "content": [_cell("tableCell", cell) for cell in row]} for row in rows]
    return {"type": "table", "content": lines}


def wide(columns, *nodes):
    """A cell across several columns."""
    return (columns, nodes)


def _cell(kind, cell):
    columns, nodes = cell if isinstance(cell, tuple) else (1, [cell])
    attrs = {"colspan": columns, "rowspan": 1, "colwidth": None}
    return {"type": kind, "attrs": attrs, "content": [_block(node) for node in nodes]}


def _item(item):
    nodes = item if isinstance(item, (list, tuple)) else [item]
    return {"type": "listItem", "content": [_block(node) for node in nodes]}


def _block(node):
    return p(node) if isinstance(node, str) else node


def rule():
    return {"type": "horizontalRule"}


def image(src, alt, **attrs):
    return {"type": "image", "attrs": {"src": src, "alt": alt} | attrs}


def full_image(src, alt, title=None):
    """As an editor writes it that gives every declared attribute, null where there is nothing to say."""
    attrs = {"assetId": None, "src": src, "alt": alt, "title": title, "width": None, "height": None}
    return {"type": "image", "attrs": attrs}


def asset_image(asset_id, alt):
    """PRD 9.1: no more than the id."""
    return {"type": "image", "attrs": {"assetId": asset_id, "alt": alt}}


def divider(src=None):
    """A divider without a picture is a plain one."""
    return {"type": "divider", "attrs": {"src": src, "align": "center"}} if src else {"type": "divider"}
