import Foundation
import Glibc
import Synchronization
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Watches every state-changing call of a run, lets some of them fail, and tells at each what a crash would leave.
///
/// A model of a file system that keeps no promise but those it makes: bytes are durable once their file is synced, a
/// name once its folder is. SQLite's own files are taken to be durable as they are: it syncs them itself.
final class DiskWatch: Sendable {
    /// Which of what was not synced survives.
    enum Crash: CaseIterable, Sendable {
        /// The process was killed: everything survives.
        case killed
        /// The power went: nothing does.
        case powerCut
        /// The power went: names survive, bytes do not.
        case namesFirst
        /// The power went: the names of some folders survive.
        case someFolders
    }

    struct Call: Sendable, Equatable {
        var operation: FileOperation
        /// Below the root.
        var path: String
        var outcome: String
    }

    /// What a call is to do, by its number from 1.
    typealias Rule = @Sendable (_ number: Int, _ operation: FileOperation, _ path: String) -> FailpointOutcome

    private struct State {
        var calls: [Call] = []
        var numbers: [UInt64: Int] = [:]
        var nextNumber = 0
        /// What each folder lists after a power cut, by the folder's number.
        var folders: [Int: [String: Int]] = [:]
        /// The bytes of each file after a power cut.
        var files: [Int: [UInt8]] = [:]
        /// A call that will be done when the next is asked for.
        var pending: (operation: FileOperation, path: String)?
        var images: [(call: Int, crash: Crash, image: DiskImage)] = []
        var complaints: [String] = []
    }

    private let root: String
    private let rule: Rule
    private let takesImages: Bool
    private let inspect: @Sendable (FileOperation, String) -> String?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - takesImages: whether it is told what a crash leaves at each call.
    ///   - inspect: looks at the store while a call is about to be made, and says what is wrong with it.
    init(
        _ root: String, takesImages: Bool = true,
        inspect: @escaping @Sendable (FileOperation, String) -> String? = { _, _ in nil },
        rule: @escaping Rule = { _, _, _ in .proceed }
    ) {
        self.root = root
        self.takesImages = takesImages
        self.inspect = inspect
        self.rule = rule
        if takesImages { state.withLock { noteAllDurable(&$0) } }
    }

    var failpoint: Failpoint { { operation, path in self.ask(operation, path) } }

    var calls: [Call] { state.withLock { $0.calls } }
    var images: [(call: Int, crash: Crash, image: DiskImage)] { state.withLock { $0.images } }
    var complaints: [String] { state.withLock { $0.complaints } }

    /// To be called when the run is over: what a crash would leave then is told too.
    func finish() {
        guard takesImages else { return }
        state.withLock { state in
            settle(&state)
            takeImages(&state)
        }
    }

    private func ask(_ operation: FileOperation, _ path: String) -> FailpointOutcome {
        let complaint = inspect(operation, path)
        return state.withLock { state in
            if let complaint { state.complaints.append(complaint) }
            if operation == .lock { return rule(0, operation, path) }
            // Whoever left a call out may try for ever.
            guard state.calls.count < 2000 else { return .fail(errno: EIO) }
            let outcome = rule(state.calls.count + 1, operation, path)
            if takesImages {
                settle(&state)
                takeImages(&state)
            }
            let relative = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
            state.calls.append(Call(operation: operation, path: relative, outcome: "\(outcome)"))
            if case .proceed = outcome { state.pending = (operation, path) }
            if case .shorten = outcome { state.pending = (operation, path) }
            return outcome
        }
    }

    // MARK: The model

    /// The last call was made: what it promised holds from now on.
    private func settle(_ state: inout State) {
        guard let (operation, path) = state.pending else { return }
        state.pending = nil
        guard let status = Self.status(path) else { return }
        switch operation {
        case .sync: state.files[number(status, &state)] = Self.bytes(path)
        case .syncFolder: state.folders[number(status, &state)] = listing(path, &state)
        case .createFile, .createFolder:
            // The number of a file that is gone is used again by the file system, not by us.
            state.numbers[UInt64(status.st_ino)] = nil
            _ = number(status, &state)
        default: break
        }
    }

    private func noteAllDurable(_ state: inout State) {
        var waiting = [root]
        while let folder = waiting.popLast() {
            guard let status = Self.status(folder) else { continue }
            let names = listing(folder, &state)
            state.folders[number(status, &state)] = names
            for name in names.keys.sorted() {
                let path = folder + "/" + name
                guard let status = Self.status(path) else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    waiting.append(path)
                } else if status.st_mode & S_IFMT == S_IFREG {
                    state.files[number(status, &state)] = Self.bytes(path)
                }
            }
        }
    }

    private func number(_ status: stat, _ state: inout State) -> Int {
        if let known = state.numbers[UInt64(status.st_ino)] { return known }
        state.nextNumber += 1
        state.numbers[UInt64(status.st_ino)] = state.nextNumber
        return state.nextNumber
    }

    private func listing(_ folder: String, _ state: inout State) -> [String: Int] {
        var names: [String: Int] = [:]
        // In an order of their own: what survives is told by the numbers.
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
            if let status = Self.status(folder + "/" + name) { names[name] = number(status, &state) }
        }
        return names
    }

    // MARK: What a crash leaves

    private func takeImages(_ state: inout State) {
        var known: [Int: DiskImage.Node] = [:]
        var present: [Int: [String: Int]] = [:]
        look(root, &known, &present, &state)
        guard let status = Self.status(root) else { return }
        let top = number(status, &state)
        var images: [Crash: DiskImage] = [:]
        for crash in Crash.allCases {
            var image = DiskImage()
            build(top, "", crash, known, present, state, &image)
            if crash == .someFolders, let now = images[.killed], let durable = images[.powerCut] {
                keepMoved(&image, now, durable, state)
            }
            images[crash] = image
            state.images.append((state.calls.count, crash, image))
        }
    }

    /// A rename is one step of the journal: of two folders that it changes not one alone is written. What had a name
    /// that was durable, and has one now, has one of them.
    private func keepMoved(_ image: inout DiskImage, _ now: DiskImage, _ durable: DiskImage, _ state: State) {
        func numbers(_ image: DiskImage) -> Set<Int> {
            Set(image.nodes.values.compactMap { if case .file(let number, _, _) = $0 { number } else { nil } })
        }
        let lost = numbers(now).intersection(numbers(durable)).subtracting(numbers(image))
        for (path, node) in now.nodes {
            guard case .file(let number, _, let mode) = node, lost.contains(number) else { continue }
            image.nodes[path] = .file(number: number, bytes: state.files[number] ?? [], mode: mode)
            var parent = path[...]
            while let slash = parent.lastIndex(of: "/") {
                parent = parent[..<slash]
                image.nodes[String(parent)] = now.nodes[String(parent)]
            }
        }
    }

    private func look(
        _ folder: String, _ known: inout [Int: DiskImage.Node], _ present: inout [Int: [String: Int]],
        _ state: inout State
    ) {
        guard let status = Self.status(folder) else { return }
        let names = listing(folder, &state)
        present[number(status, &state)] = names
        for (name, number) in names.sorted(by: { $0.key < $1.key }) {
            let path = folder + "/" + name
            guard let status = Self.status(path) else { continue }
            let mode = UInt32(status.st_mode & 0o7777)
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                known[number] = .folder(mode: mode)
                look(path, &known, &present, &state)
            case S_IFREG: known[number] = .file(number: number, bytes: Self.bytes(path), mode: mode)
            case S_IFLNK:
                let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
                known[number] = .link(to: target)
            default: break
            }
        }
    }

    private func build(
        _ folder: Int, _ path: String, _ crash: Crash, _ known: [Int: DiskImage.Node],
        _ present: [Int: [String: Int]], _ state: State, _ image: inout DiskImage
    ) {
        let now = present[folder] ?? [:]
        let durable = state.folders[folder] ?? [:]
        var names =
            switch crash {
            case .killed, .namesFirst: now
            case .powerCut: durable
            // Any choice will do, as long as it is the same in every run.
            case .someFolders: (folder + state.calls.count) % 2 == 0 ? now : durable
            }
        for (name, number) in now where name.hasPrefix("catalog.sqlite-") { names[name] = number }
        for (name, number) in names {
            let place = path.isEmpty ? name : path + "/" + name
            // What was removed since may come back.
            let node = known[number] ?? (state.files[number].map { .file(number: number, bytes: $0, mode: 0o600) })
            switch node {
            case .folder:
                image.nodes[place] = node
                build(number, place, crash, known, present, state, &image)
            case .file(_, let bytes, let mode):
                let survives = crash == .killed || Self.isDatabases(name)
                image.nodes[place] = .file(
                    number: number, bytes: survives ? bytes : state.files[number] ?? [], mode: mode)
            case .link: image.nodes[place] = node
            case nil:
                guard state.folders[number] != nil else { continue }
                image.nodes[place] = .folder(mode: 0o700)
                build(number, place, crash, known, present, state, &image)
            }
        }
    }

    private static func isDatabases(_ name: String) -> Bool {
        name == "catalog.sqlite" || name.hasPrefix("catalog.sqlite-")
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    }
}
