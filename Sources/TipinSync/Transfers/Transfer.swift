internal import CCurl
internal import Glibc

/// One request carried out by libcurl on the calling thread. Nothing is shared between two of them: no connection, no
/// cookie, no cache (RELIABILITY of the fetch guard: a connection that was allowed once is not used again).
struct Transfer {
    private let request: TransferRequest
    private let context: TransferContext
    private let handle: OpaqueHandle
    private var list: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?

    private typealias OpaqueHandle = UnsafeMutableRawPointer

    static func perform(
        _ request: TransferRequest, _ token: CancellationToken
    ) -> Result<TransferResponse, TransferFailure> {
        _ = globalSetUp
        guard var transfer = Transfer(request, token) else {
            return .failure(.curl(code: Int(CURLE_FAILED_INIT.rawValue), words: "libcurl could not be set up"))
        }
        defer { transfer.cleanUp() }
        transfer.setUp()
        return transfer.run()
    }

    private static let globalSetUp: CURLcode = tipin_curl_global_init()

    private init?(_ request: TransferRequest, _ token: CancellationToken) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.request = request
        context = TransferContext(request, token)
    }

    private mutating func cleanUp() {
        curl_easy_cleanup(handle)
        curl_slist_free_all(list)
        curl_mime_free(form)
    }

    // MARK: Setting up

    private mutating func setUp() {
        set(CURLOPT_URL, request.url.text)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_USERAGENT, "tipin")
        // Nothing of the user's surroundings: no proxy variables, no netrc; cookies are off unless asked for.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_CONNECTTIMEOUT, 10)
        set(CURLOPT_TIMEOUT, request.maxSeconds)
        set(CURLOPT_LOW_SPEED_LIMIT, 1024)
        set(CURLOPT_LOW_SPEED_TIME, request.maxSilence)
        setCallbacks()
        setMethod()
        for header in request.headers + ["Expect:"] { list = curl_slist_append(list, header) }
        tipin_curl_set_pointer(handle, CURLOPT_HTTPHEADER, list)
    }

    private func set(_ option: CURLoption, _ text: String) { tipin_curl_set_text(handle, option, text) }
    private func set(_ option: CURLoption, _ number: Int) { tipin_curl_set_long(handle, option, number) }

    private func setCallbacks() {
        let pointer = Unmanaged.passUnretained(context).toOpaque()
        tipin_curl_set_data(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            TransferContext.of(context).takeBody(bytes, size * count)
        }
        tipin_curl_set_pointer(handle, CURLOPT_WRITEDATA, pointer)
        tipin_curl_set_data(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            TransferContext.of(context).takeHeader(bytes, size * count)
        }
        tipin_curl_set_pointer(handle, CURLOPT_HEADERDATA, pointer)
        set(CURLOPT_NOPROGRESS, 0)
        tipin_curl_set_progress(handle) { context, _, _, _, _ in TransferContext.of(context).isCancelled ? 1 : 0 }
        tipin_curl_set_pointer(handle, CURLOPT_XFERINFODATA, pointer)
        guard request.admits != nil else { return }
        tipin_curl_set_socket(handle) { context, _, address in
            guard let address else { return CURL_SOCKET_BAD }
            return TransferContext.of(context).openSocket(address)
        }
        tipin_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, pointer)
        tipin_curl_set_prerequest(handle) { context, remote, _, _, _ in
            guard let remote else { return CURL_PREREQFUNC_ABORT }
            let admits = TransferContext.of(context).admits(String(cString: remote))
            return admits ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        tipin_curl_set_pointer(handle, CURLOPT_PREREQDATA, pointer)
    }

    private mutating func setMethod() {
        switch request.method {
        case .get: tipin_curl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.maxBytes))
        // Nothing comes, whatever length is announced.
        case .head: set(CURLOPT_NOBODY, 1)
        case .post(let parts):
            guard let form = curl_mime_init(handle) else { return }
            self.form = form
            for part in parts { add(part, to: form) }
            tipin_curl_set_pointer(handle, CURLOPT_MIMEPOST, UnsafeMutableRawPointer(form))
        }
    }

    private func add(_ part: TransferRequest.FormPart, to form: OpaquePointer) {
        let field = curl_mime_addpart(form)
        curl_mime_name(field, part.name)
        switch part.content {
        case .text(let text): curl_mime_data(field, text, text.utf8.count)
        case .file(let bytes, let name, let mime):
            // libcurl copies them: what is sent is what was looked at, whatever happens to the file.
            bytes.withUnsafeBytes { buffer in
                _ = curl_mime_data(field, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
            }
            curl_mime_filename(field, name)
            curl_mime_type(field, mime)
        }
    }

    // MARK: Running

    private func run() -> Result<TransferResponse, TransferFailure> {
        let code = curl_easy_perform(handle)
        // libcurl takes headers that break off for all of them.
        if code == CURLE_OK { return context.hasHeaders ? answer : .failure(.lengthMismatch) }
        if case .refusedAddress = context.failure { return .failure(context.failure ?? .cancelled) }
        if context.isCancelled { return .failure(.cancelled) }
        // An answer that is no success is known by its status, also when the rest is too long, late or cut off, and
        // also when it came before all was sent.
        // (libcurl looks at the length before it passes on the empty line behind the headers).
        let isTooLong = code == CURLE_FILESIZE_EXCEEDED
        if context.hasHeaders || isTooLong, context.status >= 300 { return answer }
        if let failure = context.failure { return .failure(failure) }
        if isTooLong { return .failure(.tooLarge(limit: request.maxBytes)) }
        return .failure(.curl(code: Int(code.rawValue), words: String(cString: curl_easy_strerror(code))))
    }

    private var answer: Result<TransferResponse, TransferFailure> {
        guard isWhole else { return .failure(.lengthMismatch) }
        return .success(TransferResponse(status: context.status, headers: context.headers, body: context.body))
    }

    /// libcurl takes a body that ends with the connection as whole, whatever length was told by a second header.
    private var isWhole: Bool {
        // 204 No Content has no body, whatever length it tells.
        guard context.isSuccess, context.status != 204 else { return true }
        guard !context.hasTwoLengths else { return false }
        if case .head = request.method { return true }
        guard let announced = context.headers["content-length"].flatMap({ Int($0) }) else { return true }
        return announced == context.body.count
    }
}
