/// Pictures, and the hosts they come from.
extension Explanation {
    static let notAnImage = Explanation(
        .notAnImage,
        meaning: """
            The first bytes are those of no type that tipin knows; names and headers do not count. It is often an error
            page that a host sent instead of the picture. Nothing was imported.
            """,
        example: "hero.png        begins with <!DOCTYPE html>",
        help: """
            Open the file or the address and see what it is. Put the right picture in its place, or name one with
            --substitutions.
            """)

    static let imageDamaged = Explanation(
        .imageDamaged,
        meaning: """
            The picture has the type it should have but could not be decoded to its end, or its metadata could not be
            removed because its structure is broken. It was not imported; an image program may still show a part of it.
            """,
        example: "  = note: the decoder says: premature end of JPEG image",
        help: """
            Replace the picture by an undamaged copy, or open it in an image program and save it anew. Where a download
            was cut off, run again with --refetch.
            """)

    static let imageTooLarge = Explanation(
        .imageTooLarge,
        meaning: """
            The picture has more pixels or frames than tipin decodes: at most 16,384 pixels on a side, 100 million in a
            frame, 1,000 frames and 500 million pixels in all of them. A small file can claim any size, so this is
            looked at before decoding. Nothing was imported.
            """,
        example: "  = note: 40000 × 30000 pixels, and a side may have 16384",
        help: "Make the picture smaller with an image program and run again.")

    static let typeNotAllowed = Explanation(
        .typeNotAllowed,
        meaning: """
            The file is of a type that tipin knows and the configuration does not allow. Allowed are PNG, JPEG, WebP
            and GIF unless 'allowedMime' says otherwise. Nothing was imported. Of a video, a sound or a file that a
            document shows it is a warning: it stays as it is and keeps no document from being published, because
            every reader gets every picture, and it is none.
            """,
        example: #""allowedMime": ["image/png", "image/jpeg"]        meets a GIF"#,
        help: "Add the type to 'allowedMime' in tipin.json, or save the picture as one of the types that are allowed.")

    static let typeMismatch = Explanation(
        .typeMismatch,
        meaning: """
            The name ends as one type and the bytes are another. The bytes decide: the picture was imported, and is
            stored and served as what it is.
            """,
        example: "hero.png        is a JPEG, stored as original.jpg",
        help: "Nothing, if the picture is the right one. Rename the file to have the warning gone.")

    static let svgRefused = Explanation(
        .svgRefused,
        meaning: """
            SVG files can hold scripts and load other files, so tipin imports none, whatever 'allowedMime' says. The
            mention was left as it is.
            """,
        example: #""src": "media/map.svg""#,
        help: """
            Export the picture as PNG or WebP. Put that in its place, or name it with --substitutions for the address
            of the SVG.
            """)

    static let assetTooLarge = Explanation(
        .assetTooLarge,
        meaning: """
            The picture has more bytes than one asset may have, 25 MB unless the configuration says otherwise. It was
            not imported; a download was stopped at the limit.
            """,
        example: #""maxUploadMB": 50        in tipin.json"#,
        help: "Save the picture smaller, or raise maxUploadMB in tipin.json. --max-bytes raises it for one run.")

    static let positionInPicture = Explanation(
        .positionInPicture,
        meaning: """
            The stored picture holds the position where it was taken. It stands where tipin cannot remove it, or the
            picture was stored as it was: while 'metadata' was 'keep', or by an older tipin. sync and publish do not
            send it, and publish does not publish a document that shows it.
            """,
        example: "a picture imported with \"metadata\": \"keep\", and then the setting was changed",
        help: """
            Run tipin assets restrip: it makes a new asset without the position of each such picture. Where that does
            not help, remove the position with an image program and import the picture again. If readers may see it,
            write "metadata": "keep" into tipin.json.
            """)

    static let metadataKept = Explanation(
        .metadataKept,
        meaning: """
            The file was imported, and some of its metadata stays because it cannot be taken out without writing the
            file anew: the objects of a PDF are compressed and name each other by their places. What stands in it
            uncompressed and names a position was overwritten.
            """,
        example: "a PDF made of photographs, with 'application/pdf' in 'allowedMime'",
        help: "Export the document again without metadata if it was made of private pictures; else do nothing.")

    static let textRemoved = Explanation(
        .textRemoved,
        meaning: """
            The picture held a text, such as a comment, that names a position, or one in compressed form: nobody can
            look into that, and it may name the place where the picture was taken. 'strip-gps' took the text out. The
            picture itself is as it was.
            """,
        example: "a PNG with a comment of several hundred letters, as ImageMagick writes it",
        help: """
            Nothing, if the text is not needed. Else write "metadata": "keep" into tipin.json, or save the picture with
            the text uncompressed and without a position, and import it again.
            """)

    static let credentialsRemoved = Explanation(
        .credentialsRemoved,
        meaning: """
            The picture held content credentials (C2PA), signed statements about who made it and how, and they say where
            it was taken, or hold something compressed that may say it. Nothing can be taken out of what is signed, so
            that 'strip-gps' took the statements out as a whole. The picture itself is as it was.
            """,
        example: "a photograph of a camera that signs what it takes, place included",
        help: """
            Nothing, if readers need not see where the picture comes from. Else write "metadata": "keep" into
            tipin.json, or have the picture signed without the place, and import it again.
            """)

    static let dataRemoved = Explanation(
        .dataRemoved,
        meaning: """
            The JPEG held a box with data beside the picture, as JPEG XT has them, which only some programs read, and a
            position stands in it that cannot be taken out alone. 'strip-gps' emptied the box as a whole. The picture
            itself is as it was.
            """,
        example: "a photograph with notes of the camera's maker in a box of its own",
        help: """
            Nothing, if no program needs the data. Else write "metadata": "keep" into tipin.json, or save the picture
            without the position, and import it again.
            """)

    static let factsMismatch = Explanation(
        .factsMismatch,
        meaning: """
            The catalog says of a picture another type, file extension, width or height than its bytes have. An app
            wrote that into its row. The picture itself is whole.
            """,
        example: "  = note: it said 640 × 480 pixels for 480 × 640",
        help: """
            Nothing: tipin assets verify --read-data decodes the picture and puts the row right. With --dry-run it only
            says so. Documents that have the width and height of the row keep them.
            """)

    static let factsMissing = Explanation(
        .factsMissing,
        meaning: """
            The catalog does not know of a picture what its bytes tell: width, height, how many frames it has, whether
            it is transparent, whether it says where it was taken. An app made its row, or a part of the catalog was
            lost. The picture itself is whole.
            """,
        example: "  = note: it was looked at again, and they are known now",
        help: """
            Nothing: tipin assets verify looks at the picture again and notes it. With --dry-run it only says so. Where
            the picture cannot be decoded, a note says why; put it in again with an image program's copy.
            """)

    static let thumbnailNotMade = Explanation(
        .thumbnailNotMade,
        meaning: """
            The picture was imported whole, but no smaller picture could be made of it: it is interlaced and has more
            than 25 million pixels, its decoder failed, or libvips is older than 8.13.
            """,
        example: "  = note: 9000 × 6000 pixels that are interlaced",
        help: """
            Nothing, if lists may show the picture itself. Else save it without interlacing (not "progressive"), replace
            it, and run tipin assets thumbnail.
            """)

    static let thumbnailDamaged = Explanation(
        .thumbnailDamaged,
        meaning: """
            A smaller picture that was made beside a stored one is missing, has other bytes than it had, or cannot be
            decoded. The picture itself is not concerned.
            """,
        example: "  = note: 'books/b1/files/40dd…/thumb_256.webp': its SHA-256 is another",
        help: """
            Nothing: tipin assets verify makes it again where the picture's bytes are here, and else removes it. With
            --dry-run it only says so.
            """)

    static let imageWorkerFailed = Explanation(
        .imageWorkerFailed,
        meaning: """
            Pictures are decoded in a process of its own, 'tipin-image', so that a hostile file can do no harm. That
            program is not there, does not start, or gave no answer. The picture was not imported.
            """,
        example: "  = note: 'tipin-image' gave no answer within 15.0 seconds and was killed",
        help: """
            Run tipin doctor: it says whether the worker starts. It must stand beside 'tipin' and needs libvips. If it
            fails with one picture only, save that picture anew with an image program.
            """)

    // MARK: Legacy hosts

    static let addressRefused = Explanation(
        .addressRefused,
        meaning: """
            tipin does not call this address, because a document must not make it reach into your network: the host is
            private, the port is unusual, a redirect gives up encryption, or the address is malformed or holds a
            password. Nothing was sent to it.
            """,
        example: #""src": "http://10.0.0.5:8080/hero.png""#,
        help: """
            If the host is meant to be private, give --allow-private-hosts, or allow that host alone under
            'legacyHosts' in tipin.json. Else mend the address, or name a file for it with --substitutions.
            """)

    static let fetchFailed = Explanation(
        .fetchFailed,
        meaning: """
            The host of a picture could not be reached, answered with an error, or broke the transfer off. The mention
            was left as it is. Where the cause may pass, the exit status is 3.
            """,
        example: "  = note: 'https://old.example/hero.png': it answered 503",
        help: """
            Run the command again later. If it stays, open the address in a browser: a host that wants a login or has
            moved needs --substitutions or, with a copy of its files, --media-root. --max-time allows slow hosts more.
            """)

    static let assetGone = Explanation(
        .assetGone,
        meaning: """
            The host answered that there is no such picture (404 or 410). Trying again will not help, and the mention
            was left as it is.
            """,
        example: #""src": "https://old.example/removed.png""#,
        help: """
            Look for a copy and name it with --substitutions, or put the picture in again. With a backup of the host's
            files give --media-root DIR, laid out as DIR/HOST/PATH.
            """)
}
