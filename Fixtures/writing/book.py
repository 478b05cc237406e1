"""The book, and the two characters that have files of their own."""

BOOK_ID = "the-paper-harbour"
LIBRARY = "old-library.example/uploads"

# Ids as two apps made them: a nanoid and UUIDs of version 4.
DAWN = "q7Lw0hXn_Tp3cV9sE-kRa"
LETTER = "6f1c3b52-9d0e-4c58-8a7b-2e5d40f9b613"
TOBIAS = "b2d94e07-51aa-4f3c-9e68-07c1d5a83f24"

CHAPTERS = [
    ("ch-tide", "The Tide Takes Letters", "01-the-tide-takes-letters"),
    ("ch-lamp", "A Lamp for Orlo", "02-a-lamp-for-orlo"),
    ("ch-rules", "The Rules of the Star-Folder", "03-the-rules-of-the-star-folder"),
    ("ch-knots", "Knots, and What They Are For", "04-knots-and-what-they-are-for"),
    ("ch-ferry", "The Night Ferry", "05-the-night-ferry"),
    ("ch-post", "Morning Post", "06-morning-post"),
]


def book(ref):
    """`ref(asset id, role, path below the library)` gives a FileRef."""
    return {
        "id": BOOK_ID,
        "title": "The Paper Harbour",
        "author": "Ines Calloway",
        "language": "en",
        "description": "In Foldhaven every letter is folded into a boat and given to the tide. One comes back.",
        "coverImage": {
            "url": "media/cover.jpg",
            "alt": "Two paper boats under a full moon",
            "focus": {"x": 0.50, "y": 0.4},
        },
        "gallery": [
            ref(DAWN, "gallery", "2018/harbour-dawn.jpg"),
            f"https://{LIBRARY}/2019/lighthouse.webp",
            {"path": "media/night-ferry.jpg", "caption": "The night ferry, all lamps lit"},
        ],
        "characters": [
            {
                "id": "char-wren",
                "name": "Wren Calder",
                "age": 12,
                "avatar": "media/portraits/wren.jpg",
                "description": "Apprentice at the Folding House. Late, usually.",
            },
            {
                "id": "char-orlo",
                "name": "Orlo Finch",
                "age": 67,
                "avatar": {"src": f"https://{LIBRARY}/2019/orlo.jpg", "credit": "Cut from the paper of a tide table"},
                "description": "Harbour master. Can write one word.",
            },
        ],
        "worlds": [
            {
                "id": "world-foldlands",
                "name": "The Foldlands",
                "map": f"//{LIBRARY}/2019/world-chart.webp",
                "lore": "Nine islands and a half. The half is under discussion.",
            }
        ],
        "locations": [
            {
                "id": "loc-foldhaven",
                "name": "Foldhaven",
                "map": {
                    "src": "media/harbour-map.png",
                    "scale": "1 : 4000",
                    "legend": ["quay", "Folding House", "light"],
                },
            },
            {"id": "loc-light", "name": "The lighthouse", "map": None, "description": "With a door it does not have."},
        ],
        "objects": [
            {
                "id": "obj-letter",
                "name": "The letter that came back",
                "lore": ref(LETTER, "lore", "2018/folded-letter.png"),
            },
            {
                "id": "obj-jar",
                "name": "The jar of stars",
                "lore": "Folded from the margins of the Harbour Gazette, and kept against dark days.",
                "gallery": ["media/paper-star.png"],
            },
        ],
        "chapters": [{"id": id, "title": title} for id, title, _ in CHAPTERS],
    }


def maud():
    return {
        "id": "char-maud",
        "bookId": BOOK_ID,
        "name": "Maud Okoro",
        "age": 71,
        "avatar": "../media/portraits/maud.png",
        "description": "Keeps the light. Never asks about jars.",
    }


def tobias(ref):
    """Says nothing of its book: the one in the folder above owns it."""
    return {
        "id": "char-tobias",
        "name": "Tobias Ray",
        "age": 34,
        "avatar": ref(TOBIAS, "avatar", "2018/tobias.jpg"),
        "description": "Delivers the post and ties knots. One of the two is paid.",
    }
