/* Linux file calls that glibc of Debian 12 does not wrap. Each returns what the system call returns: -1 and errno. */
#ifndef TIPIN_CLINUX_FILES_H
#define TIPIN_CLINUX_FILES_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/xattr.h>

/* O_PATH of open(2), which Swift does not see without _GNU_SOURCE. */
#define TIPIN_O_PATH 010000000

/* openat2(2), held below `folder`: no `..` out of it, no symbolic link and no magic link on the way. */
int tipin_open_beneath(int folder, const char *path, int flags, mode_t mode);

/* renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where `to` exists. */
int tipin_rename_no_replace(int from_folder, const char *from, int to_folder, const char *to);

/* renameat2(2) with RENAME_EXCHANGE: swaps the two names in one step. */
int tipin_rename_exchange(int from_folder, const char *from, int to_folder, const char *to);

/* fcntl(2) F_OFD_SETLK / F_OFD_SETLKW over the whole file: released when the open file description is closed. */
int tipin_lock_file(int file, int exclusive, int wait);
int tipin_unlock_file(int file);

#endif
