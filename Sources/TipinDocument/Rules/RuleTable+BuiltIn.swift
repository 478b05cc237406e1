extension RuleTable {
    /// What the public editors and apps write; `Fixtures/documents/every-form.json` has each row at least once.
    package static let builtIn = RuleTable(
        nodes: pictures + parts + attachments,
        fields: [
            Field("coverImage", role: .cover, entity: .book, marksBook: true),
            Field("gallery", role: .gallery, entity: .book, marksBook: true),
            Field("avatar", role: .avatar, entity: .character),
            Field("map", role: .map, entity: .world, mayBeProse: true),
            Field("lore", role: .lore, entity: .world, mayBeProse: true),
        ],
        collections: [
            Collection("chapters", .chapter), Collection("characters", .character), Collection("worlds", .world),
            Collection("locations", .location), Collection("objects", .object),
        ],
        fieldAddresses: ["src", "url", "href", "path", "image"],
        innerAddresses: ["src", "image", "url"],
        alternates: ["srcset", "srcSet", "data-srcset", "sources", "poster", "fallback"],
        wrappers: ["document", "body", "json", "data"],
        contents: ["content", "children"]
    )

    /// What is always an asset's id. `id`, `uuid` and `file` are not: other extensions give them to every node.
    private static let ids = [
        "assetId", "data-asset-id", "imageAssetId", "mediaAssetId", "attachmentId", "sharedAttachmentId",
    ]

    /// Nodes that are nothing without their picture.
    private static let pictures = [
        Node("image", addresses: ["src", "url", "image"], ids: ids + ["hash"]),
        Node("imageResize", ids: ids),
        Node("resizableImage", ids: ids),
        Node("imageBlock", addresses: ["src", "url", "path"], ids: ids),
        Node("blockImage", addresses: ["src", "url"], ids: ids),
        Node("inlineImage", ids: ids),
        Node("ce-image", ids: ids),
        Node("bidImage", ids: ids),
        Node("h2oImage", ids: ids),
        Node("imageComponent", ids: ids),
        Node("image-component", ids: ids),
        Node("featuredimage", ids: ids),
        Node("featuredImage", ids: ids),
        // In ADF a file is named by `id`, and no other node has one.
        Node("media", addresses: ["url", "src"], ids: ids + ["id"]),
        Node("mediaInline", addresses: ["url", "src"], ids: ids + ["id"]),
    ]

    /// Nodes that may have a picture.
    private static let parts = [
        Node("figure", addresses: ["src", "url", "image"], ids: ids, needsPicture: false),
        Node("divider", addresses: ["src", "url", "image"], ids: ids, role: .divider, needsPicture: false),
        // A place for an upload that is not there yet, or that an app left an address in.
        Node("imageUpload", addresses: ["src", "url"], ids: ids, needsPicture: false),
        Node("drawio", ids: ids, needsPicture: false),
        Node("excalidraw", ids: ids, needsPicture: false),
        Node("drawer", ids: ids, needsPicture: false),
        Node("hero", addresses: ["backgroundImage"], ids: ids, needsPicture: false),
        // What is embedded is no asset; the picture that stands for it is.
        Node("embed", addresses: ["thumbnail_url"], needsPicture: false),
    ]

    private static let attachments = [
        Node("video", addresses: ["src", "url"], ids: ids, content: .video, needsPicture: false),
        Node("artVideo", ids: ids, content: .video, needsPicture: false),
        Node("audio", addresses: ["src", "url"], ids: ids, content: .audio, needsPicture: false),
        Node("attachment", addresses: ["url", "href", "src"], ids: ids, content: .file, needsPicture: false),
        Node("fileAttachment", addresses: ["src", "url", "path"], ids: ids, content: .file, needsPicture: false),
        Node("file", addresses: ["url", "src", "href"], ids: ids, content: .file, needsPicture: false),
        Node("document", addresses: ["src", "url"], ids: ids, content: .file, needsPicture: false),
        Node("supplement", addresses: ["href"], ids: ids, content: .file, needsPicture: false),
        Node("pdf", addresses: ["src", "url"], ids: ids, content: .file, needsPicture: false),
    ]

    /// The mark `link`, where its address is at one of the hosts.
    package static func link(hosts: [String]) -> Node {
        var row = Node("link", addresses: ["href"], content: .file, needsPicture: false)
        row.hosts = hosts
        row.isLink = true
        return row
    }
}
