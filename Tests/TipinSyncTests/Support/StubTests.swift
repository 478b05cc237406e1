import Testing
import TipinTestSupport

/// The stub's own promises, without which other tests would prove little.
struct StubTests {
    private static let type = "multipart/form-data; boundary=xyz"

    private func parsed(_ text: String, type: String = type) -> MultipartForm? {
        MultipartForm(Array(text.utf8), contentType: type)
    }

    @Test func `reads a form`() throws {
        let text =
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n"
            + "\r\n--x\r\nyz\r\n\r\n--xyz\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n\r\n--xyz--\r\n"
        let form = try #require(parsed(text))
        let file = try #require(form["file"])
        #expect(file.fileName == "a.png")
        #expect(file.mime == "image/png")
        #expect(file.text == "--x\r\nyz\r\n")
        #expect(form["tags"]?.text == "")
        #expect(form["description"] == nil)
    }

    @Test(arguments: [
        "", "--xyz--", "--xyz\r\n\r\na\r\n--xyz--\r\n",
        "x\r\n--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--xyz--\r\n",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--xyz\r\n",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--xyz--\r\nmore",
        "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\na\r\n--xyz--\r\n",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nX-Other: b\r\n\r\na\r\n--xyz--\r\n",
        "--xyz\nContent-Disposition: form-data; name=\"a\"\n\na\n--xyz--\n",
    ])
    func `refuses what is no form`(text: String) {
        #expect(parsed(text) == nil)
    }

    @Test(arguments: ["", "multipart/form-data", "application/json", "multipart/mixed; boundary=xyz"])
    func `refuses another type`(type: String) {
        #expect(
            parsed("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--xyz--\r\n", type: type) == nil)
    }
}
