/* remind.c: whose 確認日 lapses (remind.h). */
#include "remind.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/market/shown_sql.h"
#include "optimizer/store/weights.h"

static const struct {
    const char *name, *label;
} stages[REMIND_NONE] = {
    [REMIND_AGEING] = {"ageing", "まもなく確認が古くなります"},
    [REMIND_AGED] = {"aged", "確認が古くなっています"},
    [REMIND_HIDING] = {"hiding", "まもなく掲載が止まります"},
    [REMIND_HIDDEN] = {"hidden", "掲載が止まっています"},
};

enum { MAIL_ROWS = 50, MAIL_NAMES = 5 }; /* of one mail; more are counted */

const char *
remind_name(enum remind_stage stage)
{
    return stages[stage].name;
}

const char *
remind_label_ja(enum remind_stage stage)
{
    return stages[stage].label;
}

static enum remind_stage
stage_of(const struct remind_list *list, int32_t age, int32_t lead)
{
    return age > list->stale_days              ? REMIND_HIDDEN
           : age > list->stale_days - lead     ? REMIND_HIDING
           : age > list->freshness_days        ? REMIND_AGED
           : age > list->freshness_days - lead ? REMIND_AGEING
                                               : REMIND_NONE;
}

static bool
load_bounds(struct store *store, struct remind_list *list, struct err *err)
{
    int64_t version, value[OPTION_COUNT];
    if (!weights_published(store, &version, err) ||
        !weights_load(store, version, value, err)) {
        return false;
    }
    list->freshness_days = value[OPTION_FRESHNESS_DAYS];
    list->stale_days = value[OPTION_STALE_DAYS];
    return true;
}

/* ?1 day, ?2 the least age of a reminder, ?3 organisation; entries that are
 * over by their own date need none. */
#define REMIND_ROWS                                                           \
    "SELECT e.id, e.organisation_id, e.title, o.name,"                        \
    "       coalesce(nullif(o.email, ''), e.contact_email), e.confirmed_on,"  \
    "       (SELECT group_concat(r.stage) FROM reminders AS r"                \
    "         WHERE r.entry_id = e.id AND r.confirmed_on = e.confirmed_on)"   \
    "  FROM entries AS e JOIN organisations AS o"                             \
    "    ON o.id = e.organisation_id"                                         \
    " WHERE " CURRENT_SQL("e", "?1")
static const char rows_sql[] = REMIND_ROWS
    "   AND e.state = 'approved' AND ?3 = 0"
    "   AND e.confirmed_on < date(?1, '-' || ?2 || ' days')"
    " ORDER BY 5, e.organisation_id, e.id";
/* Of one organisation: by its own index, not that of the days. */
static const char rows_of_sql[] = REMIND_ROWS
    "   AND +e.state = 'approved' AND e.organisation_id = ?3"
    "   AND +e.confirmed_on < date(?1, '-' || ?2 || ' days')"
    " ORDER BY 5, e.organisation_id, e.id";

/* False: nothing to say of the row, or said already. */
static bool
take_row(struct store_stmt *stmt, int32_t today, int32_t lead, bool again,
    struct arena *arena, const struct remind_list *list,
    struct remind_row *row)
{
    int32_t age = today - day_parse(store_text(stmt, 5), today);
    enum remind_stage stage = stage_of(list, age, lead);
    if (stage == REMIND_NONE ||
        (!again && strstr(store_text(stmt, 6), stages[stage].name) != NULL)) {
        return false;
    }
    *row = (struct remind_row){.entry_id = store_int(stmt, 0),
        .organisation_id = store_int(stmt, 1),
        .title = arena_string(arena, store_text(stmt, 2)),
        .organisation = arena_string(arena, store_text(stmt, 3)),
        .email = arena_string(arena, store_text(stmt, 4)),
        .confirmed_on = arena_string(arena, store_text(stmt, 5)),
        .age_days = age,
        .hidden_in_days = (int32_t)list->stale_days + 1 - age,
        .stage = stage};
    return true;
}

bool
remind_load(struct store *store, const char *date, int32_t lead,
    int64_t organisation_id, bool again, struct arena *arena,
    struct remind_list *list, struct err *err)
{
    int32_t today = day_parse(date, 0), cap = 0;
    struct remind_row *rows = NULL;
    memset(list, 0, sizeof(*list));
    struct store_stmt *stmt = !load_bounds(store, list, err)
                                  ? NULL
                                  : store_prepare(store,
                                        organisation_id > 0 ? rows_of_sql
                                                            : rows_sql,
                                        err);
    if (stmt == NULL) {
        return false;
    }
    int64_t least = list->freshness_days < list->stale_days
                        ? list->freshness_days
                        : list->stale_days;
    store_bind_text(stmt, 1, date);
    store_bind_int(stmt, 2, least > lead ? least - lead : 0);
    store_bind_int(stmt, 3, organisation_id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (list->n == cap) {
            cap = cap == 0 ? 64 : 2 * cap;
            rows = xrealloc(rows, (size_t)cap, sizeof(*rows));
        }
        list->n += take_row(stmt, today, lead, again, arena, list,
            &rows[list->n]);
    }
    store_finish(stmt);
    list->rows = arena_array(arena, (size_t)list->n, sizeof(*rows));
    if (list->n > 0) {
        memcpy(list->rows, rows, (size_t)list->n * sizeof(*rows));
    }
    free(rows);
    return step == 0;
}

int32_t
remind_end(const struct remind_list *list, int32_t begin)
{
    int32_t end = begin + 1;
    while (end < list->n &&
           strcmp(list->rows[end].email, list->rows[begin].email) == 0) {
        end++;
    }
    return end;
}

/* Those that one address answers for: 甲の会、乙の会. */
static const char *
organisations(const struct remind_list *list, int32_t begin, int32_t end,
    struct arena *arena, int32_t *n)
{
    const char *names = "";
    int64_t last = 0;
    *n = 0;
    for (int32_t i = begin; i < end; i++) {
        const struct remind_row *row = &list->rows[i];
        if (row->organisation_id != last && (*n)++ < MAIL_NAMES) {
            names = arena_format(arena, "%s%s%s", names,
                names[0] != '\0' ? "、" : "", row->organisation);
        }
        last = row->organisation_id;
    }
    return *n > MAIL_NAMES ? arena_format(arena, "%sほか", names) : names;
}

const char *
remind_text(const struct remind_list *list, int32_t begin, int32_t end,
    struct arena *arena)
{
    int32_t of;
    const char *names = organisations(list, begin, end, arena, &of);
    const char *text = "";
    int32_t shown = end - begin > MAIL_ROWS ? begin + MAIL_ROWS : end;
    for (int32_t i = begin; i < shown; i++) {
        const struct remind_row *row = &list->rows[i];
        text = arena_format(arena,
            "%s  「%s」（%s%s番号 %" PRId64 "） 確認日 %s: %s%s\n", text,
            row->title, of > 1 ? row->organisation : "",
            of > 1 ? "、" : "", row->entry_id, row->confirmed_on,
            stages[row->stage].label,
            row->stage == REMIND_HIDING
                ? arena_format(arena, "（あと%" PRId32 "日）",
                      row->hidden_in_days)
                : "");
    }
    if (shown < end) {
        text = arena_format(arena, "%s  ほか %" PRId32 "件\n", text,
            end - shown);
    }
    return arena_format(arena,
        "%s ご担当者様\n\n"
        "かながわつながりネットワークに掲載している次の内容について、\n"
        "いまも変わりがないかご確認をお願いします。\n\n%s\n"
        "変わりがなければ、ネットワークのページの「変わりありません」を\n"
        "押すだけで確認日が更新されます。お休みにするときは「休止」を\n"
        "お選びください。アカウントのない団体は、エントリーのときのメールの\n"
        "リンクを開くと、同じボタンがあります。リンクが見つからないときは、\n"
        "事務局へお知らせください。確認日から%" PRId64
        "日をすぎると掲載が\n止まります。\n\n"
        "かながわつながりネットワーク事務局\n",
        names, text, list->stale_days);
}

bool
remind_done(struct store *store, const struct remind_row *row,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO reminders (entry_id, confirmed_on, stage, actor, at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, row->entry_id);
    store_bind_text(stmt, 2, row->confirmed_on);
    store_bind_text(stmt, 3, stages[row->stage].name);
    store_bind_text(stmt, 4, store_actor(store));
    store_bind_text(stmt, 5, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    struct act_detail detail = {.text_key = {"stage", "confirmed_on"},
        .text = {stages[row->stage].name, row->confirmed_on}};
    return ok && act_audit(store, "entry.remind", "entries", row->entry_id,
                     &detail, err);
}
