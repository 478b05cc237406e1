/* What a process can give away before it touches bytes that nobody vouches for. */
#ifndef TIPIN_CLINUX_SANDBOX_H
#define TIPIN_CLINUX_SANDBOX_H

#include <stdint.h>

struct tipin_sandbox {
    /* Limits of memory, processor time, file size, descriptors and core files: 1 where all are in force. */
    int limits;
    /* PR_SET_NO_NEW_PRIVS: 1 where in force. */
    int no_new_privileges;
    /* The version of Landlock's interface in force, without any path; 0 where the kernel has none. */
    int landlock;
    /* The filter of system calls: 1 where in force. */
    int seccomp;
};

/* Takes away from the calling process, for good: memory beyond `memory` bytes, files longer than nothing, more than 16
   descriptors, core files, new privileges, every path, modes and owners of open files, sockets, memory and queues that processes
   share, new programs and processes, and signals to and looks into others. Calls that are newer than this are unknown.
   Says what is in force; what the kernel does not know is left out. */
struct tipin_sandbox tipin_sandbox_enter(uint64_t memory);

/* Allows the calling process `seconds` of processor time from now on; the kernel ends it afterwards. */
int tipin_limit_processor(uint64_t seconds);

#endif
