internal import Dispatch
internal import Synchronization
internal import TipinFiles

/// Runs a piece of work over documents, several times, on a number of threads.
struct Measurement {
    let folder: Folder
    let names: [String]
    /// Bytes of all documents.
    let bytes: Int
    let rounds: Int

    /// Megabytes (10⁶ bytes) a second in the fastest round. On one core of CPU time: what else the machine does would
    /// drown the ratios.
    func speed(of work: Work, jobs: Int) -> Double {
        // Once before, for the page cache and the branch predictors.
        _ = seconds(work, jobs)
        let best = (0..<rounds).map { _ in seconds(work, jobs) }.min() ?? .infinity
        return Double(bytes) / 1e6 / best
    }

    private func seconds(_ work: Work, _ jobs: Int) -> Double {
        let next = Atomic(0)
        let cost = Seconds.measure {
            DispatchQueue.concurrentPerform(iterations: jobs) { _ in
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < names.count else { return }
                    do { try work.perform(on: names[index], in: folder) } catch { fatalError("\(error)") }
                }
            }
        }
        return jobs == 1 ? cost.cpu : cost.wall
    }
}
