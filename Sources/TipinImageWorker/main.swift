internal import CLinux
internal import Glibc
internal import TipinImageMessages

// Memory for the decoder and its libraries, and processor time for each picture.
let memory: UInt64 = 1 << 30
let processorSeconds: UInt64 = 10

guard let decoder = Decoder() else { exit(69) }
let sandbox = tipin_sandbox_enter(memory)
let report = WorkerReport(
    vipsVersion: decoder.version, limits: sandbox.limits != 0, noNewPrivileges: sandbox.no_new_privileges != 0,
    landlock: Int(sandbox.landlock), seccomp: sandbox.seccomp != 0)
let channel = Channel()

do {
    try channel.write(ImageAnswer.hello(report).encoded())
    while let header = try channel.read(ImageRequest.headerLength) {
        let request = try ImageRequest(decoding: header)
        let bytes = try channel.read(request.length) ?? []
        guard bytes.count == request.length, tipin_limit_processor(processorSeconds) == 0 else { exit(65) }
        try channel.write(decoder.answer(to: request, bytes: bytes).encoded())
    }
} catch {
    exit(65)
}
