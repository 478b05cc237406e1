import Testing
import TipinTestSupport

/// The sandbox from inside and the shim beside the library's headers, by programs in C.
struct WorkerSandboxTests {
    @Test(.enabled("needs clang, pkg-config and the headers of libvips") { SystemTool.hasVipsHeaders })
    func `the shim declares what the headers of libvips declare`() throws {
        let folder = try TemporaryFolder()
        let program = try folder.write(
            """
            #include <vips/vips.h>
            #include "shim.h"
            _Static_assert((int)VIPS_ACCESS_SEQUENTIAL == (int)TIPIN_VIPS_ACCESS_SEQUENTIAL, "access");
            _Static_assert((int)VIPS_SIZE_DOWN == (int)TIPIN_VIPS_SIZE_DOWN, "size");
            _Static_assert((int)VIPS_FAIL_ON_WARNING == (int)TIPIN_VIPS_FAIL_ON_WARNING, "fail_on");
            #define SAME(member) (offsetof(VipsRect, member) == offsetof(struct tipin_part, member))
            _Static_assert(sizeof(VipsRect) == sizeof(struct tipin_part), "part");
            _Static_assert(SAME(left) && SAME(top) && SAME(width) && SAME(height), "members of part");
            """, to: "compare.c")
        let flags = try SystemTool.run("pkg-config", ["--cflags", "vips"]).output.split(whereSeparator: \.isWhitespace)
        let result = try SystemTool.run(
            "clang", ["-fsyntax-only", "-I" + SystemTool.source("Sources/CVips")] + flags.map(String.init) + [program])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(.enabled("needs clang") { SystemTool.exists("clang") })
    func `no file, socket, program or process is to be had in the sandbox`() throws {
        let folder = try TemporaryFolder()
        let program = try folder.write(Self.program, to: "inside.c")
        let sources = SystemTool.source("Sources/CLinux")
        let compiled = try SystemTool.run(
            "clang",
            ["-D_GNU_SOURCE", "-pthread", "-I\(sources)/include", program, "\(sources)/sandbox.c"]
                + ["-o", folder.path + "/inside"])
        #expect(compiled.status == 0, "\(compiled.output)")
        let file = try folder.write("", to: "file")
        let result = try SystemTool.run("env", [folder.path + "/inside", file])
        #expect(result.output == "")
        #expect(result.status == 0)
    }

    /// Prints what it could do although it should not, and fails where a thread cannot be started.
    private static let program = """
        #include <errno.h>
        #include <fcntl.h>
        #include <pthread.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/inotify.h>
        #include <sys/ioctl.h>
        #include <sys/ipc.h>
        #include <sys/mman.h>
        #include <sys/msg.h>
        #include <sys/ptrace.h>
        #include <sys/resource.h>
        #include <sys/sem.h>
        #include <sys/shm.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <sched.h>
        #include <unistd.h>
        #include "sandbox.h"
        static void *nothing(void *data) { return data; }
        #define REFUSED(call) do { if ((call) != -1) printf("allowed: %s\\n", #call); } while (0)
        #define UNKNOWN(call) \\
            do { errno = 0; if ((call) != -1 || errno != ENOSYS) printf("known: %s\\n", #call); } while (0)
        int main(int count, char **names) {
            (void)count;
            int file = open(names[1], O_RDWR);
            if (file < 0) printf("no file\\n");
            struct tipin_sandbox in_force = tipin_sandbox_enter((uint64_t)1 << 30);
            if (!in_force.seccomp || !in_force.limits || !in_force.no_new_privileges) printf("not in force\\n");
            char *const arguments[] = {"true", NULL};
            REFUSED(open("/etc/passwd", O_RDONLY));
            REFUSED(open("/proc/self/mem", O_RDWR));
            REFUSED(socket(AF_INET, SOCK_STREAM, 0));
            REFUSED(socket(AF_UNIX, SOCK_STREAM, 0));
            REFUSED(fork());
            REFUSED(vfork());
            REFUSED(execv("/bin/true", arguments));
            REFUSED(ptrace(PTRACE_ATTACH, getppid(), 0, 0));
            REFUSED(kill(getppid(), 0));
            siginfo_t signal = {.si_signo = SIGCONT, .si_code = SI_QUEUE};
            REFUSED(syscall(SYS_tgkill, getppid(), getppid(), 0));
            REFUSED(syscall(SYS_tkill, getppid(), 0));
            REFUSED(syscall(SYS_rt_sigqueueinfo, getppid(), 0, &signal));
            REFUSED(syscall(SYS_rt_tgsigqueueinfo, getppid(), getppid(), 0, &signal));
            REFUSED(syscall(SYS_pidfd_send_signal, file, 0, NULL, 0));
            REFUSED(fcntl(file, F_SETOWN, getppid()));
            REFUSED(fcntl(file, F_SETSIG, SIGCONT));
            if (syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 0) != 0) printf("no signal to itself\\n");
            REFUSED(ioctl(0, TIOCSTI, "x"));
            REFUSED(chmod(names[1], 0666));
            REFUSED(fchmod(file, 0666));
            REFUSED(fchmodat(AT_FDCWD, names[1], 0666, 0));
            REFUSED(chown(names[1], -1, -1));
            REFUSED(lchown(names[1], -1, -1));
            REFUSED(fchown(file, -1, -1));
            REFUSED(fchownat(AT_FDCWD, names[1], -1, -1, 0));
            UNKNOWN(syscall(452, AT_FDCWD, names[1], 0666, 0)); /* fchmodat2 */
            UNKNOWN(syscall(451, 0, 0, 0));
            UNKNOWN(syscall(999));
            REFUSED(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
            REFUSED(semget(IPC_PRIVATE, 1, IPC_CREAT | 0600));
            REFUSED(msgget(IPC_PRIVATE, IPC_CREAT | 0600));
            REFUSED(inotify_init());
            REFUSED(inotify_init1(0));
            REFUSED(setpriority(PRIO_PROCESS, getppid(), 19));
            cpu_set_t processors;
            CPU_ZERO(&processors);
            CPU_SET(0, &processors);
            REFUSED(sched_setaffinity(getppid(), sizeof processors, &processors));
            struct sched_param turn = {0};
            REFUSED(sched_setscheduler(getppid(), SCHED_BATCH, &turn));
            REFUSED(syscall(SYS_ioprio_set, 1, getppid(), 0));
            REFUSED(syscall(SYS_move_pages, getppid(), 0, NULL, NULL, NULL, 0));
            void *list;
            size_t length;
            REFUSED(syscall(SYS_get_robust_list, getppid(), &list, &length));
            REFUSED(memfd_create("x", 0));
            REFUSED(unlink("/nowhere"));
            struct rlimit limit;
            REFUSED(prlimit(getppid(), RLIMIT_CPU, NULL, &limit));
            REFUSED(mmap(NULL, (size_t)1 << 31, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
            if (tipin_limit_processor(5) != 0) printf("no processor time\\n");
            pthread_t thread;
            return pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL);
        }
        """
}
