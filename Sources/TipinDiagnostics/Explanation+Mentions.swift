/// What mentions mean.
extension Explanation {
    static let assetUnknown = Explanation(
        .assetUnknown,
        meaning: """
            An asset id that neither the document's manifest nor the catalog has, with no address beside it that could
            be read instead. Nobody can say which picture is meant; the mention was left as it is. On the command line
            it is an ASSET that means none, or more than one.
            """,
        example: #"{"type": "image", "attrs": {"assetId": "V1StGXR8_Z5jdHi6B"}}"#,
        help: """
            Give --data-dir or --catalog with the catalog in which the id was made, or put the picture in again. On the
            command line give more of the id: tipin assets list shows all of them.
            """)

    static let assetReplaced = Explanation(
        .assetReplaced,
        meaning: """
            The document names an asset that 'assets replace' or 'assets restrip' put another one in the place of. The
            catalog has the new one; the document still shows the old one.
            """,
        example: "  = note: asset 'cover-1' was replaced by '3f1c…'",
        help: "Run tipin resolve or tipin publish on the document: it is rewritten to the new asset.")

    static let assetMissing = Explanation(
        .assetMissing,
        meaning: """
            A document or the command line names a picture by its path, and there is no such file, or it cannot be
            read. The picture was not imported and the mention was left as it is.
            """,
        example: #""src": "./media/hero.png""#,
        help: """
            Put the file where the note says that it was looked for, or give --media-root with the folder that holds
            the pictures. For a file that has another name now, give --substitutions.
            """)

    static let blobMissing = Explanation(
        .blobMissing,
        meaning: """
            The asset is known by its SHA-256, but its bytes are neither in the data folder nor anywhere that is known
            for them. Without the bytes it cannot be shown here or uploaded.
            """,
        example: "books/b1/files/9f86d0…/original.png        is not there",
        help: """
            Run tipin sync PATH to download what the remote has. If you have the picture in a folder, give --search DIR
            to tipin migrate: it is found by its digest, whatever its name. Else put the picture in again.
            """)

    static let blobDamaged = Explanation(
        .blobDamaged,
        meaning: """
            A stored file does not have the SHA-256 that its folder is named for: a disk fault, or something wrote to
            it. tipin does not use it and never uploads it.
            """,
        example: "tipin check --read-data book/        reads every blob",
        help: """
            Run tipin sync PATH: it moves the file to bad/ in the data folder and fetches the bytes from the remote.
            Where no remote has them, move it away and run tipin migrate with --search DIR to find them in a folder.
            Have the disk tested if it happens again.
            """)

    static let sizeMismatch = Explanation(
        .sizeMismatch,
        meaning: """
            A stored picture is whole: its bytes have the SHA-256 that the catalog says. The number of bytes in its row
            was another one, which an app or a damaged disk wrote. The row was corrected, and the picture was not
            touched.
            """,
        example: "  = note: asset '0d3f…' has 48211 bytes, and the catalog said 0",
        help: "Nothing. Where it comes again, look at the app that writes 'size_bytes'.")

    static let outsideRoots = Explanation(
        .outsideRoots,
        meaning: """
            A document names a file outside the folders it may name: those below PATH, the configuration's folder,
            'mediaRoot' and 'localRoots'. The file was not read, so that a document from elsewhere cannot take your
            files along.
            """,
        example: #""src": "file:///home/ann/Pictures/hero.png""#,
        help: """
            Give --media-root with the folder, or list it under 'localRoots' in a tipin.json that stands in the working
            folder or that --config names.
            """)

    static let addressDead = Explanation(
        .addressDead,
        meaning: """
            The address cannot lead to a picture on any machine any more: a 'blob:' or 'idb:' address of an editor
            session that is over, a template's placeholder, or nothing at all. The mention was left as it is.
            """,
        example: #""src": "blob:http://localhost:1420/5c9b7e0a""#,
        help: """
            Put the picture in again in the editor. If you know which file it was, give --substitutions FILE with a
            JSON object from address to file or URL.
            """)

    static let addressExpires = Explanation(
        .addressExpires,
        meaning: """
            The address carries a signature or a token with an end, as storage services make them. It answers for some
            hours or days and then never again, so readers will lose the picture. Where it would stay in a document it
            is a warning; where it would be published, and in check with --for publish, it is an error.
            """,
        example: #""src": "https://s3.example/hero.png?X-Amz-Expires=3600""#,
        help: """
            Run tipin migrate while the address still answers. If it is the remote's own, name a remote that gives
            lasting addresses.
            """)

    static let alternateAddressKept = Explanation(
        .alternateAddressKept,
        meaning: """
            A node or field has more addresses than the one that tipin rewrites: 'srcset', 'poster', 'sources', a
            second member such as 'url' beside 'src', or a 'fallback' beside the address in an object. They stay as
            they are, because nobody says which picture they are of. A browser may prefer one of them, and show readers
            an old picture or none.
            """,
        example: #""src": "https://cdn.example/a.png", "srcset": "a-2x.png 2x""#,
        help: "Take the attributes out in the editor if the picture does without them.")

    static let addressPrivate = Explanation(
        .addressPrivate,
        meaning: """
            The address that readers would get lies on a private network or on this machine, while the remote's own
            does not. Nobody outside could open it, so the document does not count as published.
            """,
        example: #""remoteUrl": "http://192.168.1.20/hero.png""#,
        help: """
            Run tipin publish with a remote whose address is public. For a folder remote that is what base= says:
            'folder:PATH?base=https://cdn.example'.
            """)

    static let legacyURL = Explanation(
        .legacyURL,
        meaning: """
            The picture hangs on an address of some host and is not an asset yet: it is lost when the host goes. check
            does not ask that host unless --online is given. With --for publish it is an error.
            """,
        example: #""src": "https://old.example/uploads/hero.png""#,
        help: "Run tipin migrate to fetch the picture and make an asset of it.")

    static let notImported = Explanation(
        .notImported,
        meaning: """
            resolve writes what the catalog knows and imports nothing, and this picture is not in the catalog. The
            mention was left as it is.
            """,
        example: #"tipin resolve book/        meets "src": "media/map.png""#,
        help: "Run tipin migrate on the document first.")

    static let dataURLInline = Explanation(
        .dataURLInline,
        meaning: """
            The whole picture stands in the document as text. It works, but makes the document large and slow, and the
            same picture is kept once for each mention. In check with --for publish it is an error. Where it stays
            though its bytes are in the store, it stands inside an object, or another address would take its place.
            """,
        example: #""src": "data:image/png;base64,iVBORw0KGgo…""#,
        help: "Run tipin migrate to move the bytes into the store.")

    static let dataURLInvalid = Explanation(
        .dataURLInvalid,
        meaning: """
            A 'data:' URL could not be decoded: it has no comma, or what follows is not base64. Mostly it was cut off
            at some length when it was pasted or saved. The mention was left as it is.
            """,
        example: #""src": "data:image/png;base64""#,
        help: "Put the picture in again, or restore the document from before it was cut off.")

    static let localAddress = Explanation(
        .localAddress,
        meaning: """
            The picture is a file on this machine. Here it can be read, on any other machine it cannot. With --for
            publish it is an error. Where it stays though its bytes are in the store, it stands inside an object, or
            another address would take its place.
            """,
        example: #""src": "asset://localhost/Users/ann/hero.png""#,
        help: "Run tipin migrate to import the file, then tipin publish before you hand the document on.")

    static let idAmbiguous = Explanation(
        .idAmbiguous,
        meaning: """
            The document's manifest gives an asset id one SHA-256, the catalog gives the same id another. Two devices
            used one id for two pictures, or one of the two was edited. The mention was left as it is.
            """,
        example: #""fileRefs": { "hero": { "assetId": "hero", "sha256": "9f86d0…" } }"#,
        help: """
            See what the catalog has with tipin assets show ID, choose the right picture, and put it in again under a
            new id.
            """)

    static let bytesDoNotMatchID = Explanation(
        .bytesDoNotMatchID,
        meaning: """
            An asset id that tipin makes is derived from the picture's bytes, and the bytes found for this one give
            another id. So the id or the picture was changed by hand. Nothing was imported.
            """,
        example: #"{"assetId": "9f86d081-884c-8d65-9a2f-eaa0c55ad015", "sha256": "2c26b4…"}"#,
        help: "Restore the document or the picture from before the change, or put the picture in again.")

    static let digestMismatch = Explanation(
        .digestMismatch,
        meaning: """
            Bytes that were to be stored for a known asset have another SHA-256 than the asset. They were not stored,
            and the asset is as it was. Or a FileRef without an asset id says a SHA-256 that nobody knows, and its
            address leads to other bytes: tipin cannot know which ones are meant, and the mention was left as it is.
            """,
        example: #"{"sha256": "9f86d0…", "url": "media/new-hero.png"}"#,
        help: """
            Find out which program changed the file or the remote's copy. Import the new picture as an asset of its
            own with tipin assets add. In a FileRef remove the SHA-256 or the address that is wrong, or give --prefer
            document to take the address's picture.
            """)

    static let srcContradictsAsset = Explanation(
        .srcContradictsAsset,
        meaning: """
            A mention has both an asset id and an address, and the address leads to another picture than the id. tipin
            cannot know which one is meant; the mention was left as it is, and publish does not publish the document.
            An address that could not be read contradicts where the catalog knows it as another picture's, unless
            --refetch is given.
            """,
        example: #""attrs": {"assetId": "0190c0de-…", "src": "media/new-hero.png"}"#,
        help: """
            Give --prefer document to take the address's picture, or --prefer catalog to keep the asset's. Either holds
            for all documents of the run: name a single document to settle just that one.
            """)

    static let srcUnchecked = Explanation(
        .srcUnchecked,
        meaning: """
            A mention has an asset id and an address, and the address could not be read to see whether both are the
            same picture. Commands that import went by the asset id; resolve, which asks no host, left the mention as
            it is.
            """,
        example: #""attrs": {"assetId": "0190c0de-…", "src": "https://gone.example/a.png"}"#,
        help: "Give --prefer catalog to go by the asset id without a warning, or mend the address and run again.")

    static let srcRemoved = Explanation(
        .srcRemoved,
        meaning: """
            The node had only a 'data:' URL or a local file as its address and has an asset id instead. An editor whose
            image node does not know the attribute 'assetId' drops it when it saves, and the picture with it. check says
            it of every such node that no remote has an address for.
            """,
        example: #"{"type": "image", "attrs": {"assetId": "0190c0de-…"}}"#,
        help: """
            Name a remote if there is none, and run tipin sync with the document: then the node gets an address. If your
            editor has the attribute, write "editorHasAssetId": true into tipin.json.
            """)

    static let coverContradictsCatalog = Explanation(
        .coverContradictsCatalog,
        meaning: """
            The document names a cover for a book or another entity that already has a different one in the catalog,
            not from this document. The document was written, but the catalog's cover stays.
            """,
        example: #"{"id": "b1", "coverImage": "media/new-cover.png"}"#,
        help: "Give --prefer document to make the document's picture the cover, or --prefer catalog to leave it.")

    static let coverContradictsDocument = Explanation(
        .coverContradictsDocument,
        meaning: """
            Two documents of one run give the same entity different covers. Neither was taken, since the order of files
            must not decide. The documents were written; only the cover link is not made.
            """,
        example: "book.json and old/book.json both have the id b1",
        help: "Remove one of the two covers or leave one document out, or set the cover with tipin assets link.")

    static let remoteURLMissing = Explanation(
        .remoteURLMissing,
        meaning: """
            Readers could not open the picture: the document has no http(s) address for it, the asset is not at the
            remote yet, or the remote gives its files no address. publish, and check with --for publish, count it as an
            error.
            """,
        example: #"{"type": "image", "attrs": {"assetId": "0190c0de-…", "src": null}}"#,
        help: """
            Run tipin publish on the document. If the remote is a folder, say under which address it is served:
            --remote 'folder:PATH?base=https://cdn.example'.
            """)
}
