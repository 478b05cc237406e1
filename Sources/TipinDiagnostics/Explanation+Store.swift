/// What the store itself has to say.
extension Explanation {
    static let linkMissing = Explanation(
        .linkMissing,
        meaning: """
            An asset that is to be put into an order, or replaced, is not linked to that entity in that role. Nothing
            was changed.
            """,
        example: "tipin assets order book:b1 gallery 40dd f0bc        f0bc is the cover only",
        help: """
            Look at what the entity has with tipin assets list --entity TYPE:ID, and link what is missing with
            tipin assets link.
            """)

    static let rebookConflict = Explanation(
        .rebookConflict,
        meaning: """
            A book was to get another id that the store knows already, and the two contradict each other: different
            covers, one id for two pictures, or a copy that would have to be sent again while its bytes are not here
            or are being sent. Nothing was changed.
            """,
        example: "tipin assets rebook draft-1 b1        where both have a cover",
        help: """
            Settle what the notes name: take one of two covers away with tipin assets unlink, bring bytes here with
            tipin sync PATH, wait for uploads. Then run it again.
            """)
}
