/* Stands between a program and the C library for calls that change files below one folder. Loaded with LD_PRELOAD.
 *
 * Armed through exported functions (see shim.py): the k-th call fails, is cut short, or is the last thing the program
 * does. It can also write every such call, with its data, to a trace. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum mode { OFF, COUNT, EIO_ONCE, EIO_ON, ENOSPC_ON, SHORT, TORN, KILL };
enum kind { CREATE = 1, WRITE, SYNC, TRUNCATE, RENAME, UNLINK, MAKE_FOLDER, MARK, LINK, SYNC_FAILED };
enum verdict { PASS, FAIL, HALF };

static char root[PATH_MAX];
static size_t root_length;
static int mode = OFF, trace = -1;
static long at, calls, hits;
static unsigned char kinds[65536]; /* of the calls since it was armed, from 1 */
static char scratch[PATH_MAX], scratch2[PATH_MAX];

void fault_root(const char *path) { root_length = strlen(strcpy(root, path)); }
void fault_arm(int chosen, long k) { mode = chosen; at = k; calls = hits = 0; }
void fault_disarm(void) { mode = OFF; }
long fault_calls(void) { return calls; }
long fault_hits(void) { return hits; }
int fault_kind(long k) { return k < (long)sizeof kinds ? kinds[k] : 0; }
void fault_trace(int fd) { trace = fd; }

static int is_inside(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int is_watched(void) { return mode != OFF || trace >= 0; }

static const char *path_of(int fd, char *into) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, into, PATH_MAX - 1);
    into[length < 0 ? 0 : length] = 0;
    return into;
}

static const char *resolve(int folder, const char *path, char *into) {
    if (path[0] == '/' || folder == AT_FDCWD) return path;
    path_of(folder, into);
    size_t length = strlen(into);
    snprintf(into + length, PATH_MAX - length, "/%s", path);
    return into;
}

/* Say what happens to this call, and set errno where it fails. */
static enum verdict judge(enum kind kind) {
    if (mode == OFF) return PASS;
    calls++;
    if (calls < (long)sizeof kinds) kinds[calls] = (unsigned char)kind;
    int is_write = kind == WRITE, grows = is_write || kind == CREATE || kind == RENAME || kind == MAKE_FOLDER || kind == LINK;
    int is_due = calls == at, is_later = calls > at;
    if (mode == KILL && is_due) {
        hits++;
        if (is_write) return HALF;
        kill(getpid(), SIGKILL);
    }
    if ((mode == EIO_ONCE && is_due) || (mode == EIO_ON && (is_due || is_later))) {
        hits++;
        errno = EIO;
        return FAIL;
    }
    if ((mode == ENOSPC_ON && grows && (is_due || is_later)) || (mode == TORN && grows && is_later && hits)) {
        hits++;
        errno = ENOSPC;
        return FAIL;
    }
    if ((mode == SHORT || mode == TORN) && is_due && is_write) {
        hits++;
        return HALF;
    }
    return PASS;
}

static void put(const void *data, size_t length) {
    while (length) {
        ssize_t done = syscall(SYS_write, trace, data, length);
        if (done <= 0) return;
        data = (const char *)data + done;
        length -= (size_t)done;
    }
}

static void record(enum kind kind, const char *path, const char *second, uint64_t place, const void *data, size_t size) {
    if (trace < 0) return;
    uint64_t header[5] = {kind, strlen(path), second ? strlen(second) : 0, place, size};
    put(header, sizeof header);
    put(path, header[1]);
    if (second) put(second, header[2]);
    if (data) put(data, size);
}

void fault_mark(long number) { record(MARK, "", NULL, (uint64_t)number, NULL, 0); }

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t rights = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        REAL(int, name, const char *, int, ...); \
        if (!(flags & (O_CREAT | O_TRUNC)) || !is_watched() || !is_inside(path)) return real(path, flags, rights); \
        int is_new = access(path, F_OK) != 0; \
        if (judge(CREATE) == FAIL) return -1; \
        int fd = real(path, flags, rights); \
        if (fd >= 0 && is_new) record(CREATE, path, NULL, 0, NULL, 0); \
        else if (fd >= 0 && flags & O_TRUNC) record(TRUNCATE, path, NULL, 0, NULL, 0); \
        return fd; \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t rights = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        REAL(int, name, int, const char *, int, ...); \
        if (!(flags & (O_CREAT | O_TRUNC)) || !is_watched()) return real(folder, path, flags, rights); \
        const char *whole = resolve(folder, path, scratch); \
        if (!is_inside(whole)) return real(folder, path, flags, rights); \
        int is_new = access(whole, F_OK) != 0; \
        if (judge(CREATE) == FAIL) return -1; \
        int fd = real(folder, path, flags, rights); \
        if (fd >= 0 && is_new) record(CREATE, whole, NULL, 0, NULL, 0); \
        else if (fd >= 0 && flags & O_TRUNC) record(TRUNCATE, whole, NULL, 0, NULL, 0); \
        return fd; \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (!is_watched() || !is_inside(path_of(fd, scratch))) return real(fd, data, size);
    enum verdict verdict = judge(WRITE);
    if (verdict == FAIL) return -1;
    off_t place = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, data, verdict == HALF && size > 1 ? size / 2 : size);
    if (verdict == HALF && mode == KILL) kill(getpid(), SIGKILL);
    if (done > 0) record(WRITE, scratch, NULL, (uint64_t)place, data, (size_t)done);
    return done;
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t size, offset_type place) { \
        REAL(ssize_t, name, int, const void *, size_t, offset_type); \
        if (!is_watched() || !is_inside(path_of(fd, scratch))) return real(fd, data, size, place); \
        enum verdict verdict = judge(WRITE); \
        if (verdict == FAIL) return -1; \
        ssize_t done = real(fd, data, verdict == HALF && size > 1 ? size / 2 : size, place); \
        if (verdict == HALF && mode == KILL) kill(getpid(), SIGKILL); \
        if (done > 0) record(WRITE, scratch, NULL, (uint64_t)place, data, (size_t)done); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#include <sys/uio.h>
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (!is_watched() || !is_inside(path_of(fd, scratch))) return real(fd, parts, count);
    return write(fd, parts[0].iov_base, parts[0].iov_len); /* a short write, which every caller must bear */
}

#define SYNC_CALL(name) \
    int name(int fd) { \
        REAL(int, name, int); \
        if (!is_watched() || !is_inside(path_of(fd, scratch))) return real(fd); \
        if (judge(SYNC) == FAIL) { \
            record(SYNC_FAILED, scratch, NULL, 0, NULL, 0); \
            errno = EIO; \
            return -1; \
        } \
        int result = real(fd); \
        if (!result) record(SYNC, scratch, NULL, 0, NULL, 0); \
        return result; \
    }
SYNC_CALL(fsync)
SYNC_CALL(fdatasync)

#define TRUNCATE_CALL(name, offset_type) \
    int name(int fd, offset_type size) { \
        REAL(int, name, int, offset_type); \
        if (!is_watched() || !is_inside(path_of(fd, scratch))) return real(fd, size); \
        if (judge(TRUNCATE) == FAIL) return -1; \
        int result = real(fd, size); \
        if (!result) record(TRUNCATE, scratch, NULL, (uint64_t)size, NULL, 0); \
        return result; \
    }
TRUNCATE_CALL(ftruncate, off_t)
TRUNCATE_CALL(ftruncate64, off64_t)

static int renamed(const char *old, const char *new) {
    if (judge(RENAME) == FAIL) return -1;
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
    if (!result) record(RENAME, old, new, 0, NULL, 0);
    return result;
}

int rename(const char *old, const char *new) {
    REAL(int, rename, const char *, const char *);
    return is_watched() && is_inside(new) ? renamed(old, new) : real(old, new);
}

int renameat(int old_folder, const char *old, int new_folder, const char *new) {
    REAL(int, renameat, int, const char *, int, const char *);
    if (!is_watched()) return real(old_folder, old, new_folder, new);
    const char *from = resolve(old_folder, old, scratch), *to = resolve(new_folder, new, scratch2);
    return is_inside(to) ? renamed(from, to) : real(old_folder, old, new_folder, new);
}

static int linked(const char *old, const char *new) {
    if (judge(LINK) == FAIL) return -1;
    int result = (int)syscall(SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
    if (!result) record(LINK, old, new, 0, NULL, 0);
    return result;
}

int link(const char *old, const char *new) {
    REAL(int, link, const char *, const char *);
    return is_watched() && is_inside(new) ? linked(old, new) : real(old, new);
}

int linkat(int old_folder, const char *old, int new_folder, const char *new, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    if (!is_watched()) return real(old_folder, old, new_folder, new, flags);
    const char *from = resolve(old_folder, old, scratch), *to = resolve(new_folder, new, scratch2);
    return is_inside(to) ? linked(from, to) : real(old_folder, old, new_folder, new, flags);
}

static int removed(const char *path, int folder, const char *given, int flags) {
    if (judge(UNLINK) == FAIL) return -1;
    int result = (int)syscall(SYS_unlinkat, folder, given, flags);
    if (!result) record(UNLINK, path, NULL, 0, NULL, 0);
    return result;
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    return is_watched() && is_inside(path) ? removed(path, AT_FDCWD, path, 0) : real(path);
}

int rmdir(const char *path) {
    REAL(int, rmdir, const char *);
    return is_watched() && is_inside(path) ? removed(path, AT_FDCWD, path, AT_REMOVEDIR) : real(path);
}

int unlinkat(int folder, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    if (!is_watched()) return real(folder, path, flags);
    const char *whole = resolve(folder, path, scratch);
    return is_inside(whole) ? removed(whole, folder, path, flags) : real(folder, path, flags);
}

int mkdir(const char *path, mode_t rights) {
    REAL(int, mkdir, const char *, mode_t);
    if (!is_watched() || !is_inside(path) || access(path, F_OK) == 0) return real(path, rights);
    if (judge(MAKE_FOLDER) == FAIL) return -1;
    int result = real(path, rights);
    if (!result) record(MAKE_FOLDER, path, NULL, 0, NULL, 0);
    return result;
}
