/* Loaded before libc: counts every change that a process tree makes to files under one folder, and makes trouble at the
   n-th. The plan lies in a small file that all processes map, so that one count runs through parent and children.

   A write that is to be the last one is done by half first: a kill tears records, it does not end between them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { COUNT = 0, KILL_ALL = 1, END_SELF = 2, FAIL_ONCE = 3, FAIL_ON = 4 };

struct plan {
    volatile long count; /* changes so far */
    long at;             /* the one that meets trouble; 0: none */
    int action;
    int error;           /* errno of a failing call */
    volatile long clock; /* seconds added to the time of day */
    volatile long jump_at; /* the change from which `jump` is added */
    long jump;
    char what[400];      /* the call that met trouble */
    char root[1024];     /* only files below it count, */
    char cache[1024];    /* and below this, which is told as "/cache" */
};

static struct plan *plan;

#define REAL(name) ((__typeof__(&name))real(#name, &name##_p))
static void *real(const char *name, void **kept) {
    if (!*kept) *kept = dlsym(RTLD_NEXT, name);
    return *kept;
}

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("MN_SHIM_PLAN");
    if (!path) return;
    static void *open_p;
    int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED) plan = map;
}

static int within(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int below(const char *path) {
    return within(path, plan->root) || within(path, plan->cache);
}

static void tell(char *out, size_t size, const char *call, const char *path) {
    if (within(path, plan->root)) snprintf(out, size, "%s %.380s", call, path + strlen(plan->root));
    else snprintf(out, size, "%s /cache%.370s", call, path + strlen(plan->cache));
}

static int named(int dir, const char *path, char *full) {
    if (!plan || !path) return 0;
    if (path[0] == '/') {
        snprintf(full, PATH_MAX, "%s", path);
    } else {
        char link[64], base[PATH_MAX];
        if (dir == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
        ssize_t n = readlink(link, base, sizeof base - 1);
        if (n < 0) return 0;
        base[n] = 0;
        if (strlen(base) + strlen(path) + 2 > PATH_MAX) return 0;
        strcpy(full, base);
        strcat(full, "/");
        strcat(full, path);
    }
    return below(full);
}

static int opened(int fd, char *full) {
    if (!plan) return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, full, PATH_MAX - 1);
    if (n < 0) return 0;
    full[n] = 0;
    return below(full);
}

/* 0: go on; otherwise the call fails with errno set. `tear` is called with its argument before a death. */
static int step(const char *call, const char *path, void (*tear)(void *), void *argument) {
    int kept = errno;
    long mine = __sync_add_and_fetch(&plan->count, 1);
    static void *open_p;
    const char *log = plan->at ? NULL : getenv("MN_SHIM_LOG");
    int log_fd = log ? REAL(open)(log, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    if (log_fd >= 0) {
        char line[PATH_MAX + 64];
        char what[400];
        tell(what, sizeof what, call, path);
        int n = snprintf(line, sizeof line, "%ld %s\n", mine, what);
        static void *write_p;
        if (n > 0 && REAL(write)(log_fd, line, (size_t)n) < 0) { }
        close(log_fd);
    }
    if (plan->jump_at && mine == plan->jump_at) plan->clock = plan->jump;
    int hit = plan->at && (mine == plan->at || (plan->action == FAIL_ON && mine > plan->at));
    if (!hit || plan->action == COUNT) {
        errno = kept;
        return 0;
    }
    if (mine == plan->at) tell(plan->what, sizeof plan->what, call, path);
    if (plan->action == FAIL_ONCE || plan->action == FAIL_ON) {
        errno = plan->error;
        return -1;
    }
    if (tear) tear(argument);
    if (plan->action == KILL_ALL) kill(0, SIGKILL);
    _exit(137);
}

/* ------------------------------------------------------------ writing */

struct half { int fd; const void *data; size_t size; off_t offset; };

static void tear_write(void *argument) {
    struct half *h = argument;
    static void *write_p;
    if (h->size > 1 && REAL(write)(h->fd, h->data, h->size / 2) < 0) { }
}

static void tear_pwrite(void *argument) {
    struct half *h = argument;
    static void *pwrite64_p;
    if (h->size > 1 && REAL(pwrite64)(h->fd, h->data, h->size / 2, h->offset) < 0) { }
}

ssize_t write(int fd, const void *data, size_t size) {
    static void *write_p;
    char path[PATH_MAX];
    struct half h = {fd, data, size, 0};
    if (opened(fd, path) && step("write", path, tear_write, &h)) return -1;
    return REAL(write)(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    static void *pwrite64_p;
    char path[PATH_MAX];
    struct half h = {fd, data, size, offset};
    if (opened(fd, path) && step("pwrite", path, tear_pwrite, &h)) return -1;
    return REAL(pwrite64)(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }

ssize_t writev(int fd, const struct iovec *pieces, int n) {
    static void *writev_p;
    char path[PATH_MAX];
    if (opened(fd, path) && step("writev", path, NULL, NULL)) return -1;
    return REAL(writev)(fd, pieces, n);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) {
    static void *sendfile64_p;
    char path[PATH_MAX];
    if (opened(out, path) && step("sendfile", path, NULL, NULL)) return -1;
    return REAL(sendfile64)(out, in, offset, size);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t size) { return sendfile64(out, in, (off64_t *)offset, size); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    static void *copy_file_range_p;
    char path[PATH_MAX];
    if (opened(out, path) && step("copy", path, NULL, NULL)) return -1;
    return REAL(copy_file_range)(in, from, out, to, size, flags);
}

int fsync(int fd) {
    static void *fsync_p;
    char path[PATH_MAX];
    if (opened(fd, path) && step("fsync", path, NULL, NULL)) return -1;
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    static void *fdatasync_p;
    char path[PATH_MAX];
    if (opened(fd, path) && step("fdatasync", path, NULL, NULL)) return -1;
    return REAL(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t size) {
    static void *ftruncate64_p;
    char path[PATH_MAX];
    if (opened(fd, path) && step("ftruncate", path, NULL, NULL)) return -1;
    return REAL(ftruncate64)(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

/* ------------------------------------------------------------ names */

int openat(int dir, const char *path, int flags, ...) {
    static void *openat_p;
    char full[PATH_MAX];
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    int makes = (flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE;
    if (makes && named(dir, path, full) && step("open", full, NULL, NULL)) return -1;
    return REAL(openat)(dir, path, flags, mode);
}

#define OPENING(name)                                                                                                  \
    int name(const char *path, int flags, ...) {                                                                       \
        mode_t mode = 0;                                                                                               \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                           \
            va_list rest;                                                                                              \
            va_start(rest, flags);                                                                                     \
            mode = va_arg(rest, mode_t);                                                                               \
            va_end(rest);                                                                                              \
        }                                                                                                              \
        return openat(AT_FDCWD, path, flags, mode);                                                                    \
    }
OPENING(open)
OPENING(open64)

int openat64(int dir, const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return openat(dir, path, flags, mode);
}

#define ONE(name)                                                                                                      \
    int name(const char *path) {                                                                                       \
        static void *name##_p;                                                                                         \
        char full[PATH_MAX];                                                                                           \
        if (named(AT_FDCWD, path, full) && step(#name, full, NULL, NULL)) return -1;                                   \
        return REAL(name)(path);                                                                                       \
    }
ONE(unlink)
ONE(rmdir)

int unlinkat(int dir, const char *path, int flags) {
    static void *unlinkat_p;
    char full[PATH_MAX];
    if (named(dir, path, full) && step(flags & AT_REMOVEDIR ? "rmdir" : "unlink", full, NULL, NULL)) return -1;
    return REAL(unlinkat)(dir, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    static void *mkdir_p;
    char full[PATH_MAX];
    if (named(AT_FDCWD, path, full) && step("mkdir", full, NULL, NULL)) return -1;
    return REAL(mkdir)(path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode) {
    static void *mkdirat_p;
    char full[PATH_MAX];
    if (named(dir, path, full) && step("mkdir", full, NULL, NULL)) return -1;
    return REAL(mkdirat)(dir, path, mode);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    static void *linkat_p;
    char full[PATH_MAX];
    if (named(b, to, full) && step("link", full, NULL, NULL)) return -1;
    return REAL(linkat)(a, from, b, to, flags);
}

int rename(const char *from, const char *to) {
    static void *rename_p;
    char full[PATH_MAX];
    if (named(AT_FDCWD, to, full) && step("rename", full, NULL, NULL)) return -1;
    return REAL(rename)(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
    static void *renameat_p;
    char full[PATH_MAX];
    if (named(b, to, full) && step("rename", full, NULL, NULL)) return -1;
    return REAL(renameat)(a, from, b, to);
}

int truncate64(const char *path, off64_t size) {
    static void *truncate64_p;
    char full[PATH_MAX];
    if (named(AT_FDCWD, path, full) && step("truncate", full, NULL, NULL)) return -1;
    return REAL(truncate64)(path, size);
}

int truncate(const char *path, off_t size) { return truncate64(path, size); }

/* ------------------------------------------------------------ the time of day */

int clock_gettime(clockid_t which, struct timespec *out) {
    static void *clock_gettime_p;
    int status = REAL(clock_gettime)(which, out);
    if (plan && plan->clock && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) out->tv_sec += plan->clock;
    return status;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    static void *gettimeofday_p;
    int status = REAL(gettimeofday)(out, zone);
    if (plan && plan->clock) out->tv_sec += plan->clock;
    return status;
}

time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
