/*
 * make_sample.c: a made-up snapshot as a file, for tests that swap many.
 *
 *   make_sample FILE SEED DOCUMENTS RUN AUDIENCE     (0 public, 1 members)
 */
#include <stdio.h>
#include <stdlib.h>

#include "sample.h"

static uint32_t
number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

int
main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: make_sample FILE SEED DOCUMENTS RUN AUDIENCE\n", stderr);
        return 2;
    }
    struct sample s;
    sample_make(&s,
        (struct sample_options){.seed = number(argv[2]),
            .docs = number(argv[3]), .run = number(argv[4]),
            .audience = number(argv[5])});
    FILE *f = fopen(argv[1], "wb");
    if (f == NULL || fwrite(s.data, 1, s.size, f) != s.size ||
        fclose(f) != 0) {
        perror(argv[1]);
        return 4;
    }
    sample_release(&s);
    return 0;
}
