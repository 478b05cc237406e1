/// What the worker says of itself when it starts: the decoder's version and what holds it.
package struct WorkerReport: Sendable, Equatable {
    /// As libvips gives it, e.g. `8.14.1`.
    package var vipsVersion: String
    /// Memory, processor time, file size, descriptors and core files are limited.
    package var limits: Bool
    /// No program that it might start could have more privileges.
    package var noNewPrivileges: Bool
    /// The version of Landlock's interface that closes every path; 0 where the kernel has none.
    package var landlock: Int
    /// A filter denies system calls that open files, sockets, programs and other processes.
    package var seccomp: Bool

    package init(vipsVersion: String, limits: Bool, noNewPrivileges: Bool, landlock: Int, seccomp: Bool) {
        self.vipsVersion = vipsVersion
        self.limits = limits
        self.noNewPrivileges = noNewPrivileges
        self.landlock = landlock
        self.seccomp = seccomp
    }
}
