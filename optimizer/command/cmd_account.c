/* cmd_account.c: `tsunagari account`: who may log in.  A password is read
 * from standard input, one line, never from the arguments. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"
#include "optimizer/base/arena.h"
#include "optimizer/base/json.h"
#include "optimizer/service/account.h"
#include "optimizer/service/secret.h"

enum { OPT_ROLE = CLI_OWN, OPT_NAME, OPT_ORGANISATION, OPT_GENERATE };

struct request {
    struct cli cli;
    const char *role, *name, *organisation;
    bool generate;
    char password[SECRET_TOKEN + SECRET_PASSWORD_MAX];
    int words;
    char **word;
};

static struct termios shown; /* the terminal, before it hid what is typed */

/* Whoever gives up at the prompt can read again what they type. */
static void
on_signal(int number)
{
    tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    signal(number, SIG_DFL);
    raise(number);
}

static void
catch_signals(void (*handler)(int))
{
    signal(SIGINT, handler);
    signal(SIGTERM, handler);
    signal(SIGHUP, handler);
}

static bool
read_password(struct request *request, struct err *err)
{
    struct termios hidden;
    if (request->generate) {
        secret_password_make(request->password);
        return true;
    }
    bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        fputs("パスワード: ", stderr);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        catch_signals(on_signal);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool got = fgets(request->password, sizeof(request->password), stdin) !=
               NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        catch_signals(SIG_DFL);
        fputs("\n", stderr);
    }
    request->password[strcspn(request->password, "\r\n")] = '\0';
    return got || fail(err, ERR_USAGE,
                      "account: no password on standard input");
}

/* The id of a key, 0 for none given. */
static bool
organisation(struct store *store, const char *key, int64_t *id,
    struct err *err)
{
    *id = key != NULL ? account_organisation(store, key, err) : 0;
    return err->kind == ERR_NONE;
}

static bool
say(const struct request *request, const char *login)
{
    if (request->generate) {
        printf("%s %s\n", login, request->password);
    }
    return true;
}

static bool
add(struct store *store, struct request *request, struct err *err)
{
    const char *login = request->word[1];
    struct account account = {.login = login,
        .name = request->name != NULL ? request->name : login,
        .role = role_find(request->role != NULL ? request->role : "")};
    int64_t id;
    return organisation(store, request->organisation,
               &account.organisation_id, err) &&
           account_add(store, &account, request->password, &id, err) &&
           say(request, login);
}

static bool
change(struct store *store, struct request *request, struct err *err)
{
    const char *act = request->word[0], *login = request->word[1];
    struct arena arena = {0};
    struct account account;
    int64_t organisation_id = 0;
    bool ok = account_by_login(store, login, &account, &arena, err);
    if (ok && strcmp(act, "passwd") == 0) {
        ok = secret_password_check(request->password, login, err) &&
             account_set_password(store, account.id, request->password,
                 err) &&
             say(request, login);
    } else if (ok && strcmp(act, "role") == 0) {
        ok = organisation(store, request->organisation, &organisation_id,
                 err) &&
             account_set_role(store, account.id,
                 role_find(request->words == 3 ? request->word[2] : ""),
                 organisation_id > 0 ? organisation_id
                                     : account.organisation_id,
                 err);
    } else if (ok) {
        ok = account_set_locked(store, account.id,
            strcmp(act, "lock") == 0, err);
    }
    arena_release(&arena);
    return ok;
}

static bool
list(struct store *store, const struct request *request, struct err *err)
{
    struct arena arena = {0};
    struct account *all;
    int n;
    struct json json = {0};
    bool ok = account_list(store, &all, &n, &arena, err);
    json_open(&json, '[');
    for (int i = 0; ok && i < n; i++) {
        json_open(&json, '{');
        json_put_text(&json, "login", all[i].login);
        json_put_text(&json, "name", all[i].name);
        json_put_text(&json, "role", role_name(all[i].role));
        json_put_int(&json, "organisation", all[i].organisation_id);
        json_put_bool(&json, "locked", all[i].locked);
        json_close(&json, '}');
        if (!request->cli.json) {
            bool of_one = all[i].organisation_id > 0;
            printf("%-20s %-10s %s%s%s%s%s%s\n", all[i].login,
                role_name(all[i].role), all[i].name, of_one ? " / " : "",
                all[i].organisation, of_one ? " " : "",
                all[i].organisation_key,
                all[i].locked ? "（停止中）" : "");
        }
    }
    json_close(&json, ']');
    if (ok && request->cli.json) {
        puts(json.text);
    }
    json_release(&json);
    arena_release(&arena);
    return ok;
}

static bool
parse(int argc, char **argv, struct request *request, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"role", required_argument, NULL, OPT_ROLE},
        {"name", required_argument, NULL, OPT_NAME},
        {"organisation", required_argument, NULL, OPT_ORGANISATION},
        {"generate", no_argument, NULL, OPT_GENERATE}, {0}};
    memset(request, 0, sizeof(*request));
    cli_init(&request->cli);
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_ROLE) {
            request->role = optarg;
        } else if (option == OPT_NAME) {
            request->name = optarg;
        } else if (option == OPT_ORGANISATION) {
            request->organisation = optarg;
        } else if (option == OPT_GENERATE) {
            request->generate = true;
        } else if (!cli_take(&request->cli, option, optarg, err)) {
            return false;
        }
    }
    request->words = argc - optind;
    request->word = argv + optind;
    return true;
}

/* Who types a password takes time: the transaction, for which all writers
 * wait, begins behind it. */
static bool
begin(struct store *store, struct request *request, const char *act,
    struct err *err)
{
    bool asks = strcmp(act, "add") == 0 || strcmp(act, "passwd") == 0;
    return (!asks || read_password(request, err)) && store_begin(store, err);
}

static bool
run(struct store *store, struct request *request, struct err *err)
{
    static const char *const acts[] = {"passwd", "role", "lock", "unlock"};
    const char *act = request->words > 0 ? request->word[0] : "";
    if (strcmp(act, "list") == 0 && request->words == 1) {
        return list(store, request, err);
    }
    if (strcmp(act, "add") == 0 && request->words == 2) {
        return begin(store, request, act, err) && add(store, request, err) &&
               (request->cli.dry_run || store_commit(store, err));
    }
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (strcmp(act, acts[i]) == 0 && request->words >= 2 &&
            request->words == (strcmp(act, "role") == 0 ? 3 : 2)) {
            return begin(store, request, act, err) &&
                   change(store, request, err) &&
                   (request->cli.dry_run || store_commit(store, err));
        }
    }
    return fail(err, ERR_USAGE,
        "account: add|passwd|lock|unlock LOGIN, role LOGIN ROLE, or list");
}

int
cmd_account(int argc, char **argv)
{
    struct request request;
    struct err err = {0};
    struct store *store = NULL;
    bool ok = parse(argc, argv, &request, &err) && secret_init(&err) &&
              (store = cli_open(&request.cli, STORE_WRITE, &err)) != NULL &&
              run(store, &request, &err);
    store_close(store); /* rolls back what was not committed */
    return ok ? 0 : cli_fail(&err);
}
