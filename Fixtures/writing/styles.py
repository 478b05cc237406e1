"""The ways in which documents are laid out in the wild."""

import json


def indented(value, indent=2):
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def minified(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def odd(value, depth=0):
    """What no library would write but every parser must read: tabs, blanks before colons, `\\/`, `1.0`."""
    inside, outside = "\n" + "\t" * (depth + 1), "\n" + "\t" * depth
    match value:
        case dict():
            members = [f"{odd_string(key)} :  {odd(item, depth + 1)}" for key, item in value.items()]
            return "{" + inside + ("  ," + inside).join(members) + outside + "}"
        case list():
            return "[ " + " ,\t".join(odd(item, depth + 1) for item in value) + " ]"
        case bool() | None:
            return json.dumps(value)
        case int():
            return f"{value}.0"
        case float():
            return f"{value:.6E}"
        case _:
            return odd_string(value)


def odd_string(words):
    """PHP's habits: every slash and every letter beyond ASCII escaped."""
    return json.dumps(words).replace("/", "\\/")
