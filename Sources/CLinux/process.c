#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_both(const int ends[2]) {
    close(ends[0]);
    close(ends[1]);
}

/* A pipe whose ends lie above the standard descriptors, which may be closed in our own process. */
static int open_pipe(int ends[2]) {
    int first[2];
    if (pipe2(first, O_CLOEXEC) != 0) return errno;
    ends[0] = fcntl(first[0], F_DUPFD_CLOEXEC, 3);
    ends[1] = fcntl(first[1], F_DUPFD_CLOEXEC, 3);
    int number = errno;
    close_both(first);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    close_both(ends);
    return number;
}

static int spawn(const char *path, pid_t *process, int input, int output) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int number = posix_spawn_file_actions_init(&files);
    if (number != 0) return number;
    number = posix_spawnattr_init(&attributes);
    if (number != 0) {
        posix_spawn_file_actions_destroy(&files);
        return number;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);

    number = posix_spawn_file_actions_adddup2(&files, input, 0);
    if (number == 0) number = posix_spawn_file_actions_adddup2(&files, output, 1);
    if (number == 0) number = posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    if (number == 0) number = posix_spawn_file_actions_addclosefrom_np(&files, 3);
    char *const arguments[] = {(char *)path, NULL};
    char *const environment[] = {NULL};
    if (number == 0) number = posix_spawn(process, path, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return number;
}

int tipin_start_process(const char *path, pid_t *process, int *input, int *output) {
    int requests[2], answers[2];
    int number = open_pipe(requests);
    if (number != 0) return number;
    number = open_pipe(answers);
    if (number != 0) {
        close_both(requests);
        return number;
    }
    number = spawn(path, process, requests[0], answers[1]);
    close(requests[0]);
    close(answers[1]);
    if (number != 0) {
        close(requests[1]);
        close(answers[0]);
        return number;
    }
    /* Most pictures fit in at once then, and neither side waits for the other. Where it is refused they go in parts. */
    fcntl(requests[1], F_SETPIPE_SZ, 1 << 20);
    fcntl(requests[1], F_SETFL, O_NONBLOCK);
    fcntl(answers[0], F_SETFL, O_NONBLOCK);
    *input = requests[1];
    *output = answers[0];
    return 0;
}

int tipin_process_end(pid_t process, int wait) {
    int status;
    pid_t ended;
    do {
        ended = waitpid(process, &status, wait ? 0 : WNOHANG);
    } while (ended < 0 && errno == EINTR);
    if (ended == 0) return -1;
    if (ended < 0) return 0;
    return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}
