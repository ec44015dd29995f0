/* Stands between the worker and the system, by LD_PRELOAD, and lets one disk call of the station's folder go wrong.
 *
 * CRASH_DIR    the folder; calls elsewhere pass untouched          CRASH_TALLY  a file of 3 numbers, shared with the test
 * CRASH_KIND   kill-before, kill-after, torn, cut, short, eio, full CRASH_ONLY   counts only paths with this in them
 * CRASH_FIRST  number of the first call struck, counted once armed  CRASH_COUNT  how many calls fail (eio, full)
 * CRASH_DICE   where a torn or short write ends                     CRASH_SKEW   seconds the clock is wrong by
 *
 * `cut` is a power cut: what no fsync has asked for is taken back before the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
enum fate { PASS, FAIL, LESS, BEFORE, AFTER };

static struct { volatile uint64_t calls, struck, armed; } nobody, *tally = (void *)&nobody;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static const char *dir, *kind = "", *only = "";
static uint64_t first, count, dice;
static long skew;
/* What a power cut takes back, newest first: bytes written and renames made since the last fsync of their file or folder. */
struct undo { struct undo *older; int fd; ino_t ino; off_t at, size; size_t len; char *from, *to, bytes[]; };
static struct undo *undos;
static const char *word(const char *name) { const char *text = getenv(name); return text ? text : ""; }

__attribute__((constructor)) static void start(void) {
    int fd = REAL(open)(word("CRASH_TALLY"), O_RDWR | O_CLOEXEC);
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) return;
    tally = map, kind = word("CRASH_KIND"), only = word("CRASH_ONLY"), skew = atol(word("CRASH_SKEW"));
    first = atoll(word("CRASH_FIRST")), count = atoll(word("CRASH_COUNT")), dice = atoll(word("CRASH_DICE"));
    dir = getenv("CRASH_DIR");
}
static int watched(const char *path) { return dir && path && !strncmp(path, dir, strlen(dir)) && strstr(path, only); }

static char *path_of(int fd, char *path, size_t most) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = dir ? readlink(link, path, most - 1) : -1;
    path[n < 0 ? 0 : n] = 0;
    return path;
}

/* Called under the lock. */
static enum fate judge(int writes) {
    uint64_t n = tally->armed ? ++tally->calls : 0; /* the first is 1: unarmed, none is struck */
    int error = !strcmp(kind, "eio") ? EIO : !strcmp(kind, "full") ? ENOSPC : 0;
    int part = !strcmp(kind, "torn") || !strcmp(kind, "short");
    if (!first || n < first || (error ? n >= first + count : tally->struck > 0) || (part && !writes)) return PASS;
    tally->struck++;
    errno = error;
    return error ? FAIL : part ? LESS : !strcmp(kind, "kill-after") ? AFTER : BEFORE;
}

static void die(void) {
    for (struct undo *u = strcmp(kind, "cut") ? NULL : undos; u; u = u->older) {
        if (u->to) { REAL(rename)(u->to, u->from); continue; }
        if (u->len && REAL(pwrite64)(u->fd, u->bytes, u->len, u->at) < 0) abort();
        if (REAL(ftruncate64)(u->fd, u->size) < 0) abort();
    }
    for (;;) kill(getpid(), SIGKILL);
}

static void remember(int fd, size_t n, off_t at) {
    struct stat now;
    if (strcmp(kind, "cut") || fstat(fd, &now) || !S_ISREG(now.st_mode)) return;
    struct undo *u = calloc(1, sizeof *u + n);
    u->older = undos, u->fd = dup(fd), u->ino = now.st_ino, u->size = now.st_size;
    u->at = at < 0 ? lseek(fd, 0, SEEK_CUR) : at;
    char path[4096]; /* opened anew: a descriptor for writing alone cannot be read */
    int in = REAL(open)(path_of(fd, path, sizeof path), O_RDONLY | O_CLOEXEC);
    ssize_t got = in < 0 ? -1 : pread64(in, u->bytes, n, u->at);
    if (in >= 0) close(in);
    u->len = got < 0 ? 0 : got, undos = u;
}

static void settle(int fd) {
    struct stat now;
    char path[4096];
    if (fstat(fd, &now)) return;
    size_t len = strlen(path_of(fd, path, sizeof path));
    for (struct undo **u = &undos; *u;) {
        int same = (*u)->to ? S_ISDIR(now.st_mode) && !strncmp((*u)->to, path, len) && !strchr((*u)->to + len + 1, '/')
                            : (*u)->ino == now.st_ino;
        if (same) { if (!(*u)->to) close((*u)->fd); *u = (*u)->older; } else u = &(*u)->older;
    }
}

static ssize_t put(int fd, const void *bytes, size_t n, off_t at) {
    char path[4096];
    int ours = watched(path_of(fd, path, sizeof path));
    if (ours) pthread_mutex_lock(&one);
    enum fate fate = ours ? judge(1) : PASS;
    if (fate == BEFORE) die();
    if (fate == LESS && n > 1) n = 1 + dice % (n - 1);
    if (ours && fate != FAIL) remember(fd, n, at);
    ssize_t done = fate == FAIL ? -1 : at < 0 ? REAL(write)(fd, bytes, n) : REAL(pwrite64)(fd, bytes, n, at);
    if (fate == AFTER || (fate == LESS && !strcmp(kind, "torn"))) die();
    if (ours) pthread_mutex_unlock(&one);
    return done;
}
ssize_t write(int fd, const void *bytes, size_t n) { return put(fd, bytes, n, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) { return put(fd, bytes, n, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) { return put(fd, bytes, n, at); }

/* Every other call that is counted: `real` is done between the two fates. */
#define COUNTED(path, real, then) \
    int ours = watched(path), done = -1; \
    if (ours) pthread_mutex_lock(&one); \
    enum fate fate = ours ? judge(0) : PASS; \
    if (fate == BEFORE) die(); \
    if (fate != FAIL) done = real; \
    if (ours && done >= 0) { then; } \
    if (fate == AFTER) die(); \
    if (ours) pthread_mutex_unlock(&one); \
    return done;
#define BY_FD(name, args, real, then) int name args { char path[4096]; COUNTED(path_of(fd, path, sizeof path), real, then) }
BY_FD(fsync, (int fd), REAL(fsync)(fd), settle(fd))
BY_FD(fdatasync, (int fd), REAL(fdatasync)(fd), settle(fd))
BY_FD(ftruncate, (int fd, off_t size), REAL(ftruncate)(fd, size), )
BY_FD(ftruncate64, (int fd, off64_t size), REAL(ftruncate64)(fd, size), )
static void renamed(const char *from, const char *to, int fresh) {
    if (strcmp(kind, "cut") || !fresh) return;
    struct undo *u = calloc(1, sizeof *u);
    u->older = undos, u->from = strdup(from), u->to = strdup(to), undos = u;
}
int rename(const char *from, const char *to) {
    int fresh = access(to, F_OK);
    COUNTED(to, REAL(rename)(from, to), renamed(from, to, fresh))
}
#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; va_end(more); \
    COUNTED(flags & O_CREAT ? path : NULL, REAL(name)(path, flags, mode), ) }
OPEN(open)
OPEN(open64)
int clock_gettime(clockid_t which, struct timespec *now) {
    int done = REAL(clock_gettime)(which, now);
    return which == CLOCK_REALTIME ? now->tv_sec += skew, done : done;
}
