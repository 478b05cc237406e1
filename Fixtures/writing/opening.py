"""Chapters one to three."""

from .nodes import asset_image, bullets, divider, doc, full_image, h, image, numbers, p, quote, rule, text

WAVES = "../media/divider-waves.png"


def tide_takes_letters(dawn):
    return doc(
        h(1, "The Tide Takes Letters"),
        p(
            "In Foldhaven nobody ever threw a letter away. You read it, you read it again on the stairs, and when you "
            "had read it as often as it needed, you folded it into a boat and gave it to the tide."
        ),
        p(
            "The tide was fair about this. It took love letters and gas bills alike, it took them out past the "
            "lighthouse where the water turns the colour of a slate roof, and it brought nothing back. That was the "
            "arrangement. It had held for three hundred years."
        ),
        asset_image(dawn, "Foldhaven at dawn, with four paper boats leaving on the tide"),
        p(
            "So when Wren Calder, who was twelve and late for work, saw a boat coming *in*, she did what any sensible "
            "person would have done. She looked round to see whether somebody else would deal with it."
        ),
        p("Nobody would. The quay held one cat, one coil of rope and a great deal of morning."),
        quote(
            "A boat that leaves is a letter answered.\nA boat that comes back is a question.",
            "— carved over the door of the Folding House, and mostly ignored",
        ),
        p(
            "Wren lay down on her stomach and fished it out with a boathook. It was small and well made, with a double "
            "keel and a red pennant no larger than a stamp. It should have been soaked to a pulp. It was **dry**. It "
            "was as dry as toast."
        ),
        divider(WAVES),
        p(
            "On the side, in ink that had not run, were two words. Wren read them. She read them again, although there "
            "were no stairs."
        ),
        {
            "type": "paragraph",
            "attrs": {"textAlign": "center"},
            "content": [text("For Wren", {"type": "bold"}, {"type": "italic"})],
        },
        p("“Oh, *bother*,” said Wren."),
        rule(),
        p(
            "Readers who want to fold along will find the double keel explained in "
            "[the pamphlet of the Folding House](https://folding-house.example/double-keel)."
        ),
    )


def lamp_for_orlo():
    return doc(
        h(1, "A Lamp for Orlo"),
        p(
            "Orlo Finch had been harbour master for forty-one years and had signed his name every morning of them, "
            "beautifully, with a flourish under it like a wave going home. It was the only word he could write."
        ),
        p("He could not read at all. This was the best-kept secret in Foldhaven. It was kept by everybody."),
        full_image("../media/lighthouse.webp", "The lighthouse, its beam turned to the east", "Orlo's lighthouse"),
        p(
            "“A boat,” said Orlo, holding it at arm's length as if the trouble were his eyes. “Addressed, too. And "
            "what do *you* say it says?”"
        ),
        p("“It says my name,” said Wren, who knew the rules of this game. “I haven't opened it.”"),
        p(
            "“Quite right. One doesn't.” He turned it over. “Not without the proper equipment.” And out of the "
            "cupboard where he kept the things that mattered he brought:"
        ),
        bullets(
            "a bone folder, worn to the shape of somebody else's thumb;",
            [
                "the small lamp, which is never used for finding things, only for *looking* at them;",
                full_image("https://old-library.example/uploads/2019/lamp.jpg", "The small lamp from Orlo's cupboard"),
            ],
            "two ginger biscuits, for the nerves;",
            "a **very** clean handkerchief.",
        ),
        p("To open a letter that has been a boat, you do everything backwards, and you do it in order:"),
        numbers(
            "Thank the sea. It costs nothing, and it has been to some trouble.",
            "Lower the flag.",
            "Let down the sides, left before right.",
            "Breathe out. *Then* unfold the keel.",
        ),
        divider("https://old-library.example/uploads/2019/divider-waves.png"),
        p(
            "Inside there was no letter. There was a page with creases in it, sixteen of them, every one ruled in "
            "faint blue pencil and numbered in a hand that Wren had last seen on the labels of jam."
        ),
        p("“It's Gran's,” she said."),
        p("Orlo blew his nose on the very clean handkerchief. Wren's grandmother had been gone a year on Tuesday."),
    )


def rules_of_the_star_folder(star):
    return doc(
        h(1, "The Rules of the Star-Folder"),
        p(
            "Her grandmother had folded everything. She folded napkins into swans and tram tickets into frogs, and on "
            "long evenings she cut strips from the margins of the *Harbour Gazette* and folded those into stars, which "
            "she kept in a jar against dark days."
        ),
        image(star, "A paper star, actual size"),
        p(
            "“The first rule,” she used to say, pressing the last point in with her thumbnail, “is that paper "
            "remembers. You can flatten it, you can iron it, you can put it under the dictionary. Show it a thumb and "
            "it will tell you where it was bent.”"
        ),
        quote(
            "**The second rule** is that nobody can fold anything more than seven times.",
            image("/drawings/ink-gull.png", "A gull in ink, from the margin of the rule book"),
            "**The third rule** is that this has never stopped anybody from trying.",
        ),
        p(
            "Wren laid the page under the small lamp and began with crease number one. The paper leaned into her hands "
            "like a cat. It knew where it was going."
        ),
        divider(WAVES),
        p(
            "At crease nine it stopped being a boat. At crease twelve it began to be something else. At crease sixteen "
            "she put it down on the table in front of Orlo, and they both looked at it for some time."
        ),
        p(
            "It was a lighthouse. It was *the* lighthouse, to the last window, with one thing wrong: there was a door "
            "in it, low on the seaward side, where no door was."
        ),
    )
