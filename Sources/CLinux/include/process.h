/* Starting and ending a process that is spoken to over two pipes. */
#ifndef TIPIN_CLINUX_PROCESS_H
#define TIPIN_CLINUX_PROCESS_H

#include <sys/types.h>

/* Starts the executable at `path` in a process group of its own: empty environment, standard input and output are
   pipes, standard error goes to /dev/null, nothing else is open, no signal is blocked or ignored.
   `input` and `output` are the ends to write to and to read from; they do not block and are closed on exec.
   Returns 0, or the number of the error. */
int tipin_start_process(const char *path, pid_t *process, int *input, int *output);

/* Waits for a process that has ended or was told to (`wait` != 0), or only looks (`wait` == 0).
   Returns -1 while it runs, else its exit status, or 256 + the number of the signal that ended it. */
int tipin_process_end(pid_t process, int wait);

#endif
