/* cmd_certify.c: `tsunagari certify [RUN]`: value, bound and gap of a stored
 * run, derived anew.  Exit code 1: it does not hold, or cannot be known. */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "optimizer/whatif/certify.h"

static bool
show(const struct certify *certify, bool as_json, struct err *err)
{
    if (as_json) {
        struct json json = {0};
        certify_write(certify, &json);
        puts(json.text);
        json_release(&json);
    } else {
        certify_print(certify, stdout);
    }
    return certify->verdict == CERTIFY_HOLDS ||
           fail(err, ERR_NO_PLAN, "%s", certify->reason);
}

static bool
run_certify(struct store *store, int64_t run_id, bool as_json,
    struct arena *arena, struct err *err)
{
    struct replay *replay = arena_alloc(arena, sizeof(*replay));
    struct certify certify;
    return store_begin(store, err) &&
           replay_load(store, run_id, arena, replay, err) &&
           certify_run(store, replay, arena, &certify, err) &&
           show(&certify, as_json, err);
}

int
cmd_certify(int argc, char **argv)
{
    return cli_run_command(argc, argv, run_certify);
}
