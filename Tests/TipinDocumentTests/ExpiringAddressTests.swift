import Testing

@testable import TipinDocument

struct ExpiringAddressTests {
    private static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJhL2IucG5nIiwiZXhwIjoxNzE0NTU3NjAwfQ.c2ln"
    private static let lastingToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"

    static let expiring =
        [
            // Amazon's S3, signature 4, in any order and spelling; signature 2.
            (
                "https://b.s3.amazonaws.com/a.png?X-Amz-Date=20240501T090000Z&X-Amz-Expires=3600&X-Amz-Signature=5f",
                1_714_557_600
            ),
            ("https://b/a.png?x-amz-signature=5f1d&x-amz-algorithm=AWS4-HMAC-SHA256", nil),
            ("https://b/a.png?X-Amz-Security-Token=IQoJ&v=1", nil),
            ("https://b/a.png?v=1&amp;X-Amz-Expires=600&amp;X-Amz-Signature=5f", nil),
            ("https://b/a.png?AWSAccessKeyId=AK&Expires=1714557600&Signature=x%2By%3D", 1_714_557_600),
            ("//b/a.png?X-Amz-Expires=600#top", nil),
            // Google, Alibaba, Tencent.
            (
                "https://storage.googleapis.com/b/a?X-Goog-Expires=60&X-Goog-Date=20240501T095900Z&X-Goog-Signature=1",
                1_714_557_600
            ),
            ("https://storage.googleapis.com/b/a?GoogleAccessId=me@x&Expires=1714557600&Signature=s", 1_714_557_600),
            ("https://b.oss/a?OSSAccessKeyId=L&Expires=1714557600&Signature=s", 1_714_557_600),
            ("https://b.oss/a?x-oss-expires=60&x-oss-signature=1", nil),
            ("https://b.cos/a?q-sign-algorithm=sha1&q-sign-time=1714550000%3B1714557600&q-signature=1", 1_714_557_600),
            // Azure: the end, or a stored policy that has it.
            (
                "https://x.blob.core.windows.net/c/a.png?sv=2022-11-02&se=2024-05-01T10%3A00%3A00Z&sr=b&sp=r&sig=a%2Fb",
                1_714_557_600
            ),
            ("https://x.blob.core.windows.net/c/a.png?sv=2022-11-02&si=readers&sr=b&sig=a", nil),
            // CloudFront: canned and custom policy.
            ("https://d1.cloudfront.net/a.png?Expires=1714557600&Signature=s&Key-Pair-Id=K2", 1_714_557_600),
            ("https://d1.cloudfront.net/a.png?Policy=eyJ&Signature=s&Key-Pair-Id=K2", nil),
            // Tokens with an end.
            ("https://x.supabase.co/storage/v1/object/sign/b/a.png?token=\(jwt)", 1_714_557_600),
            ("https://private-user-images.githubusercontent.com/1/a.png?jwt=\(jwt)", 1_714_557_600),
            ("https://cdn/a.png?token=abc&expires=1714557600", 1_714_557_600),
            ("https://cdn/a?exp=1714557600&token=a", 1_714_557_600),
            ("https://cdn/a.png?e=1714557600&token=key:sig", 1_714_557_600),
            ("https://cdn/a?expires=86400&signature=ab", nil),
            ("https://cdn/a.png?hdnts=st=1714550000~exp=1714557600~acl=/*~hmac=ab", 1_714_557_600),
            ("https://cdn/exp=1714557600~acl=%2f*~hmac=ab/a.png", 1_714_557_600),
            ("https://cdn/a.png?__cld_token__=exp%3D1714557600~hmac%3Dab", 1_714_557_600),
            ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=663213e0&is=6630c260&hm=ab", 1_714_557_920),
            ("https://scontent.fbcdn.net/v/a.jpg?_nc_cat=1&oh=00_AY&oe=663213E0", 1_714_557_920),
            ("https://cdn/a.png?verify=1714557600-ab", 1_714_557_600),
            ("https://file.notion.so/f/a.png?expirationTimestamp=1714557600000&signature=ab", 1_714_557_600),
            ("https://cdn/a.png?expires=2024-05-01T10:00:00Z", 1_714_557_600),
            ("https://cdn/a?Expires=1714557600", 1_714_557_600),
            // Of another address that a service is asked to show.
            (
                "https://app/_next/image?url=https%3A%2F%2Fb%2Fa.png%3FX-Amz-Expires%3D60%26X-Amz-Signature%3D1&w=640",
                nil
            ),
        ] as [(String, Int?)]

    @Test(arguments: expiring) func `an address that stops working is recognised`(_ address: String, _ end: Int?) throws
    {
        let found = try #require(ExpiringAddress(address))
        #expect(found.end == end)
        #expect(!found.sign.isEmpty && found.sign == found.sign.lowercased())
    }

    @Test(arguments: [
        "https://h/a.png", "https://h/a.png?", "https://h/a.png?v=1714557600", "https://h/a.png?w=600&h=400",
        "https://h/a.png?sig=abc", "https://h/a.png?signature=serif", "https://h/a.png?sig=abc&v=2",
        "https://firebasestorage.googleapis.com/v0/b/x/o/a.png?alt=media&token=6b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d",
        "https://h/a.png?token=abc", "https://h/a.png?token=\(lastingToken)", "https://h/a.png?expires=never",
        "https://h/a.png?expires=0&signature=x", "https://h/a.png?expires=", "https://h/a.png?expiry=3600",
        "https://h/a.png?se=1&q=flowers", "https://h/a.png?exp=5", "https://h/a.png?ex=1&hm=2",
        "https://h/a.png?oe=663213E0",
        "https://h/a.png?policy=public", "https://h/a.png?key-pair-id=K2", "https://h/a.png#X-Amz-Expires=60",
        "https://h/X-Amz-Expires=60/a.png", "https://signature.example/expires/a.png",
        "https://h/a.png?q=X-Amz-Expires",
        "https://h/a.png?X-Amz-Meta=1", "https://h/a.png?verify=yes", "https://h/a~exp=1/a.png",
        "https://h/a.png?e=1714557600",
        "https://h/a.png?date=2024-05-01", "https://h/a.png?s=80&d=identicon",
        "https://h/a.png?response-expires=1714557600",
        "https://h/i?url=https%3A%2F%2Fb%2Fa.png%3Fv%3D1", "pictures/a.png?v=2", "data:image/png;base64,AA==", "",
    ])
    func `an address that lasts is left in peace`(_ address: String) { #expect(ExpiringAddress(address) == nil) }

    @Test func `an address with a million parameters is no work`() {
        let address = "https://h/a?" + String(repeating: "a=https://h/?a=1&", count: 100_000)
        #expect(ExpiringAddress(address) == nil)
    }
}
