internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles
internal import TipinSync

/// `doctor`: looks at everything a run depends on and changes nothing.
package struct Doctor: Sendable {
    private let settings: Settings
    private let host: Host
    private let version: String

    package init(_ settings: Settings, host: Host, version: String) {
        self.settings = settings
        self.host = host
        self.version = version
    }

    package func examine() async -> [DoctorFinding] {
        [
            DoctorFinding(state: .good, subject: "tipin", words: version),
            configuration, worker, dataFolder, catalog, await remote,
        ]
    }

    private var configuration: DoctorFinding {
        let words = settings.configuration ?? "none found upwards from here; defaults and flags count"
        return DoctorFinding(
            state: settings.ignored.isEmpty ? .good : .doubtful, subject: "configuration", words: words,
            help: settings.ignored.flatMap { [$0.headline] + $0.help })
    }

    private var worker: DoctorFinding {
        guard let path = host.imageWorker else {
            return DoctorFinding(state: .bad, subject: "image worker", words: "its place is not known")
        }
        do {
            let health = try ImageWorker.health(path: path)
            return DoctorFinding(
                state: health.isConfined && health.isCurrent ? .good : .doubtful, subject: "image worker",
                words: health.words + workerDeaths)
        } catch {
            return finding(error, subject: "image worker", help: ["build it: swift build --product tipin-image"])
        }
    }

    /// How often one died over a picture and was replaced, as far as this catalog knows.
    private var workerDeaths: String {
        guard let path = settings.dataFolder.map({ Workspace.catalogPath(settings, $0) }), Paths.exists(path),
            let catalog = try? Catalog(path: path, mode: .readOnly, clock: host.clock),
            let deaths = try? catalog.read({ try $0.count(of: .workerDeath) })
        else { return "" }
        return ", replaced \(deaths.times) time\(deaths.times == 1 ? "" : "s"), last \(deaths.lastAt)"
    }

    private var dataFolder: DoctorFinding {
        guard let path = settings.dataFolder else {
            return DoctorFinding(
                state: .bad, subject: "data folder", words: "none is named", help: ["give --data-dir"])
        }
        guard Paths.exists(path) else {
            return DoctorFinding(
                state: .good, subject: "data folder", words: "'\(path)' is made by the first import")
        }
        do {
            let folder = try DataFolder(path: path, creates: false)
            guard folder.isWritable else {
                return DoctorFinding(state: .bad, subject: "data folder", words: "'\(path)' is not writable")
            }
            return DoctorFinding(state: .good, subject: "data folder", words: "'\(folder.path)'")
        } catch {
            return finding(error, subject: "data folder")
        }
    }

    private var catalog: DoctorFinding {
        guard let folder = settings.dataFolder else {
            return DoctorFinding(state: .bad, subject: "catalog", words: "no data folder")
        }
        let path = Workspace.catalogPath(settings, folder)
        guard Paths.exists(path) else {
            return DoctorFinding(state: .good, subject: "catalog", words: "'\(path)' is made by the first import")
        }
        do {
            let data = try? DataFolder(path: folder, creates: false)
            let catalog = try Workspace.openCatalog(path, .readOnly, in: data, host)
            let health = try catalog.health()
            return DoctorFinding(
                state: health.isWhole ? (health.hasWALBug ? .doubtful : .good) : .bad, subject: "catalog",
                words: health.words)
        } catch {
            return finding(error, subject: "catalog")
        }
    }

    private var remote: DoctorFinding {
        get async {
            guard let name = settings.remote else {
                return DoctorFinding(
                    state: .doubtful, subject: "remote", words: "none: imports stay on this machine",
                    help: RemoteProblems.none.help)
            }
            do {
                let workspace = try Workspace(settings, host: host, access: Access(catalog: .none))
                try await workspace.remote?.probe()
                return DoctorFinding(state: .good, subject: "remote", words: Self.shown(name))
            } catch {
                return finding(error, subject: "remote")
            }
        }
    }

    /// A folder's name with the address under which it is served, which is no secret.
    private static func shown(_ name: String) -> String {
        let mark = "?base="
        guard name.hasPrefix("folder:"), let query = name.firstRange(of: mark) else { return Redaction.redacted(name) }
        return Redaction.redacted(String(name[..<query.lowerBound])) + mark
            + Redaction.redacted(String(name[query.upperBound...]))
    }

    private func finding(_ error: any Error, subject: String, help: [String] = []) -> DoctorFinding {
        let problem = error.problem
        return DoctorFinding(
            state: .bad, subject: subject, words: ([problem.headline] + problem.notes).joined(separator: "; "),
            help: problem.help + help)
    }
}
