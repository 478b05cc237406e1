#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Limits */

static int limit(int resource, rlim_t value) {
    struct rlimit both = {value, value};
    return setrlimit(resource, &both);
}

static int limit_all(uint64_t memory) {
    mallopt(M_ARENA_MAX, 1); /* Each arena would take 64 MiB of the address space. */
    int failed = limit(RLIMIT_AS, memory);
    failed |= limit(RLIMIT_FSIZE, 0);
    failed |= limit(RLIMIT_NOFILE, 16);
    failed |= limit(RLIMIT_CORE, 0);
    failed |= tipin_limit_processor(10);
    return failed == 0;
}

int tipin_limit_processor(uint64_t seconds) {
    struct rusage used;
    struct rlimit both;
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &both) != 0) return -1;
    both.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1) + seconds;
    return setrlimit(RLIMIT_CPU, &both);
}

/* Landlock. The numbers are the kernel's; the headers of Debian 12 know version 2 only. */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

struct landlock_handled {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

enum { LANDLOCK_VERSION = 1 };

static int enter_landlock(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    if (version < 1) return 0;
    struct landlock_handled handled = {0, 0, 0};
    handled.files = (1u << 13) - 1;              /* Version 1: everything from executing to making links. */
    if (version >= 2) handled.files |= 1u << 13; /* Linking across folders. */
    if (version >= 3) handled.files |= 1u << 14; /* truncate(2). */
    if (version >= 5) handled.files |= 1u << 15; /* ioctl(2) of devices. */
    if (version >= 4) handled.network = 3;       /* bind(2) and connect(2) over TCP. */
    if (version >= 6) handled.scoped = 3;        /* Abstract sockets and signals. */
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (rules < 0) return 0;
    long entered = syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return entered == 0 ? (int)version : 0;
}

/* The filter of system calls */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define REFUSE(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define DENY(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), REFUSE(EPERM)
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
/* A call that is allowed where its argument is `value` and refused with any other. */
#define ONLY(call, argument, value)                                                                                  \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), LOAD(args[argument]),                                    \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 1, 0), REFUSE(EPERM), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* set_mempolicy_home_node, the last one that the headers of Debian 12 name: what came later is not looked at below. */
#define LAST_CALL 450

#ifdef ARCHITECTURE
static int enter_filter(void) {
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
#ifdef __x86_64__
        /* The calls of the x32 interface would walk past the comparisons below. */
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        /* The older forms, which newer architectures do not have. */
        DENY(open), DENY(creat), DENY(fork), DENY(vfork), DENY(chmod), DENY(chown), DENY(lchown),
        DENY(unlink), DENY(rename), DENY(mkdir), DENY(rmdir), DENY(link), DENY(symlink), DENY(mknod),
        DENY(utime), DENY(utimes), DENY(futimesat), DENY(inotify_init), DENY(iopl), DENY(ioperm), DENY(modify_ldt),
#endif
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LAST_CALL, 0, 1), REFUSE(ENOSYS),
        /* Sockets. */
        DENY(socket), DENY(socketpair), DENY(connect), DENY(bind), DENY(listen), DENY(accept), DENY(accept4),
        DENY(sendto), DENY(sendmsg), DENY(sendmmsg), DENY(recvmsg), DENY(recvmmsg),
        /* Programs and processes; threads are allowed, and clone3 hides its flags, so that glibc must use clone. */
        DENY(execve), DENY(execveat),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1), REFUSE(ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0), REFUSE(EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        /* Limits of other processes; our own are raised before each picture. */
        ONLY(prlimit64, 0, 0),
        /* Looks into other processes. */
        DENY(ptrace), DENY(process_vm_readv), DENY(process_vm_writev), DENY(pidfd_open), DENY(pidfd_getfd),
        DENY(kcmp), DENY(process_madvise), DENY(process_mrelease), DENY(move_pages), DENY(migrate_pages),
        DENY(get_robust_list),
        /* Signals to other processes; abort(3) sends one to its own. */
        DENY(kill), DENY(tkill), DENY(rt_sigqueueinfo), DENY(rt_tgsigqueueinfo), DENY(pidfd_send_signal),
        ONLY(tgkill, 0, (uint32_t)getpid()),
        /* Descriptors can send signals too, and a terminal takes input. */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 6), LOAD(args[1]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN, 2, 0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN_EX, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_SETSIG, 0, 1), REFUSE(EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 1), REFUSE(ENOTTY),
        /* The order in which other processes run. */
        DENY(setpriority), DENY(ioprio_set), DENY(sched_setaffinity), DENY(sched_setattr), DENY(sched_setparam),
        DENY(sched_setscheduler), DENY(setpgid),
        /* What processes share without a path. */
        DENY(shmget), DENY(shmat), DENY(shmctl), DENY(semget), DENY(semop), DENY(semtimedop), DENY(semctl),
        DENY(msgget), DENY(msgsnd), DENY(msgrcv), DENY(msgctl), DENY(mq_open), DENY(mq_unlink),
        /* Files. */
        DENY(openat), DENY(openat2), DENY(open_by_handle_at), DENY(name_to_handle_at), DENY(memfd_create),
        DENY(truncate), DENY(unlinkat), DENY(renameat), DENY(renameat2), DENY(mkdirat), DENY(linkat), DENY(symlinkat),
        DENY(mknodat), DENY(fchmodat), DENY(fchmod), DENY(fchownat), DENY(fchown), DENY(utimensat),
        DENY(inotify_init1), DENY(inotify_add_watch), DENY(fanotify_init), DENY(fanotify_mark),
        DENY(setxattr), DENY(lsetxattr), DENY(fsetxattr), DENY(removexattr), DENY(lremovexattr), DENY(fremovexattr),
        /* The system. */
        DENY(mount), DENY(umount2), DENY(pivot_root), DENY(chroot), DENY(unshare), DENY(setns), DENY(fsopen),
        DENY(open_tree), DENY(move_mount), DENY(mount_setattr), DENY(init_module), DENY(finit_module),
        DENY(delete_module), DENY(kexec_load), DENY(kexec_file_load), DENY(reboot), DENY(swapon), DENY(swapoff),
        DENY(acct), DENY(syslog), DENY(personality), DENY(quotactl), DENY(sethostname), DENY(setdomainname),
        DENY(bpf), DENY(perf_event_open), DENY(userfaultfd), DENY(keyctl), DENY(add_key), DENY(request_key),
        /* What io_uring does is not seen by a filter. */
        DENY(io_uring_setup), DENY(io_uring_enter), DENY(io_uring_register),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}
#else
static int enter_filter(void) { return 0; }
#endif

struct tipin_sandbox tipin_sandbox_enter(uint64_t memory) {
    struct tipin_sandbox result;
    memset(&result, 0, sizeof result);
    result.limits = limit_all(memory);
    result.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    result.landlock = enter_landlock();
    result.seccomp = enter_filter();
    return result;
}
