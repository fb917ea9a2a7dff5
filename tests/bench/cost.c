/*
 * cost.c: `cost FILE CAP COMMAND...`: runs a command for at most CAP seconds
 * of CPU time and writes "SECONDS KB" of it to FILE: CPU time, peak memory.
 * Exits as the command does, 124 when the time was over.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double
seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
    if (argc < 4 || atoi(argv[2]) < 1) {
        fputs("usage: cost FILE CAP COMMAND...\n", stderr);
        return 2;
    }
    pid_t pid = fork();
    if (pid == 0) {
        rlim_t cap = (rlim_t)atoi(argv[2]);
        const struct rlimit cpu = {cap, cap + 1};
        setrlimit(RLIMIT_CPU, &cpu);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    int status = 0;
    struct rusage use;
    while (pid > 0 && wait4(pid, &status, 0, &use) < 0 && errno == EINTR) {
    }
    FILE *file = pid > 0 ? fopen(argv[1], "w") : NULL;
    if (file == NULL) {
        perror("cost");
        return 4;
    }
    fprintf(file, "%.3f %ld\n", seconds(&use.ru_utime) +
            seconds(&use.ru_stime), use.ru_maxrss);
    if (fclose(file) != 0) {
        return 4;
    }
    if (WIFSIGNALED(status)) {
        int signal = WTERMSIG(status);
        return signal == SIGXCPU || signal == SIGKILL ? 124 : 4;
    }
    return WEXITSTATUS(status);
}
