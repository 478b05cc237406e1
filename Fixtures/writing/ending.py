"""Chapters four to six."""

from .nodes import bullets, divider, doc, h, image, p, quote, rule, table, tasks, wide
from .opening import WAVES


def knots():
    return doc(
        h(1, "Knots, and What They Are For"),
        p(
            "You cannot walk to the seaward side of the lighthouse. You can only be let down to it on a rope, and in "
            "all Foldhaven there was one person whose ropes Wren would have trusted with her own weight."
        ),
        p(
            "Tobias Ray delivered the post, because that was paid, and tied knots, because that was not. He listened "
            "to the whole story without saying a word. Then he wiped the table and drew up a list."
        ),
        table(
            ["The knot", "It holds", wide(2, "What it is really for")],
            ["**Bowline**", "a person", wide(2, "promises")],
            [
                "**Figure of eight**",
                wide(2, "anything, twice", image("../media/knots.png", "Two figures of eight, one through the other")),
                "second thoughts",
            ],
            ["**Sheet bend**", "two ropes that have nothing in common", wide(2, "families")],
        ),
        p("“And if it slips?” said Wren."),
        p("“Then it was never a knot,” said Tobias. “It was only rope being *polite*.”"),
        divider(),
        p("They went at low water. The tide sat a long way out with its back to them, breathing."),
        image("../media/tide.gif", "The tide, going out and thinking better of it"),
        p(
            "Forty feet down, behind a curtain of weed, just where crease eleven had said, there was a door. It was "
            "painted red. It was not locked. On the inside of it, on a nail, hung an oilskin coat of exactly Wren's "
            "size, and in its pocket was a ticket."
        ),
        quote("NIGHT FERRY\nAdmit one, and whoever she brings\nNot valid by daylight"),
    )


def night_ferry():
    return doc(
        h(1, "The Night Ferry"),
        p(
            "Maud Okoro had kept the light for so long that she thought of the dark as a kind of colleague. She was "
            "not surprised to find three wet people on her stairs. She had, she said, put the kettle on an hour ago."
        ),
        p(
            "“Your grandmother came through that door every Thursday,” she told Wren, “with a jar under her arm. I "
            "never asked. One doesn't, with a jar.”"
        ),
        image("../media/paper-star.png", "A star from the jar"),
        p("And at midnight, without bell or whistle, the ferry came."),
        image("../media/night-ferry.jpg", "The night ferry, all lamps lit", title="Not valid by daylight"),
        p(
            "It was paper from stem to stern. It was folded from every letter that Foldhaven had ever given to the "
            "tide: Wren could read the hull as it slid by, *my dearest* and *final reminder* and *wish you were here*, "
            "in three hundred years of handwriting, and not a word of it wet."
        ),
        divider(WAVES),
        h(2, "What the ferryman said"),
        bullets(
            "“Letters don't sink, miss. They *wait*.”",
            "“Somebody has to write the answers. She did the Thursdays.”",
            "“There's a desk free.”",
        ),
        p(
            "Orlo was looking at the side of the ship. He put out one finger and followed a line of it from left to "
            "right, slowly, the way you stroke something that might fly off. “That one,” he said. “That one there. "
            "That's an *O*.”"
        ),
    )


def morning_post():
    return doc(
        h(1, "Morning Post"),
        p(
            "There are letters in Foldhaven now that come *in*. They come with the early tide, dry as toast, and "
            "Tobias has had to buy a larger bag."
        ),
        image("http://old-library.example/uploads/2018/folded-letter.png", "A letter, sealed with a red star"),
        p(
            "Nobody knows who writes them. They are answers, mostly. They are a bit late, some of them by a century or "
            "two, and they have a way of folding themselves back up when you have read them as often as you need to."
        ),
        h(2, "Pinned up beside the desk"),
        tasks(
            (True, "Thank the sea"),
            (True, "Teach O. the other twenty-five"),
            (False, "Find out what the gas board was **so** sorry about in 1911"),
            (False, "Write to Gran"),
        ),
        p(
            "On Thursdays the harbour master reads aloud, to anybody who cares to come, in a slow and splendid voice, "
            "with one finger under the words. The cat comes. So, when the light allows, does Maud."
        ),
        rule(),
        p(
            "And if you should be out on the quay very early, and see a small boat with a red pennant making for the "
            "steps against the wind, do not look round to see whether somebody else will deal with it."
        ),
        p("It is ***quite*** possibly for you."),
        divider(WAVES),
        image("../media/lighthouse.webp", "The lighthouse. Look for the door."),
    )
