/* letter.c: the introduction as text (letter.h). */
#include "letter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "optimizer/base/day.h"
#include "optimizer/base/embed.h"
#include "optimizer/market/reason.h"
#include "stated_sql.h"

enum field {
    F_PARTNER, F_EMAIL, F_LINKED, F_PARTNER_TITLE, F_PARTNER_STATE,
    F_ORGANISATION, F_SIDE, F_TITLE, F_STATE, F_SUMMARY, F_LINES, F_WHEN,
    F_WHERE, F_TARGET, F_PEOPLE, F_COST, F_PARTNER_ID, F_READ_N,
    F_REASON = F_READ_N, F_PROPOSAL, F_NEED, F_OFFER, F_COUNT
};

/* What a template may name; the others are for the rules. */
static const char *const names[F_COUNT] = {[F_PARTNER] = "partner",
    [F_PARTNER_TITLE] = "partner_title", [F_ORGANISATION] = "organisation",
    [F_SIDE] = "side", [F_TITLE] = "title", [F_SUMMARY] = "summary",
    [F_LINES] = "lines", [F_WHEN] = "when", [F_WHERE] = "where",
    [F_TARGET] = "target", [F_PEOPLE] = "people", [F_COST] = "cost",
    [F_REASON] = "reason", [F_PROPOSAL] = "proposal", [F_NEED] = "need",
    [F_OFFER] = "offer"};

/* ?1 the partner's entry, ?2 the entry that the letter is about. */
static const char fields_sql[] =
    "SELECT po.name, coalesce(nullif(p.contact_email, ''), po.email),"
    "  po.linked, p.title, p.state, o.name,"
    "  CASE e.side WHEN 'need' THEN '募集' ELSE '資源' END, e.title, e.state,"
    "  e.summary, " STATED_LINES ", " STATED_WHEN ","
    "  trim(e.place || ' ' || e.address), e.target_text, e.people_text,"
    "  e.cost_text, po.id"
    "  FROM entries AS p JOIN organisations AS po"
    "    ON po.id = p.organisation_id"
    "  JOIN entries AS e ON e.id = ?2 AND e.side <> p.side"
    "  JOIN organisations AS o ON o.id = e.organisation_id"
    " WHERE p.id = ?1";

static bool
load_fields(struct store *store, int64_t partner, int64_t about,
    struct arena *arena, const char *field[F_COUNT], struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, fields_sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, partner);
    store_bind_int(stmt, 2, about);
    int step = store_step(stmt, err);
    for (int f = 0; step > 0 && f < F_READ_N; f++) {
        const char *text = store_text(stmt, f);
        field[f] = arena_string(arena, text[0] != '\0' ? text : "（未記入）");
    }
    if (step > 0 && store_text(stmt, F_EMAIL)[0] == '\0') {
        field[F_EMAIL] = "";
    }
    store_finish(stmt);
    return step > 0 ||
           (step == 0 && fail(err, ERR_INPUT,
                             "no need and offer %" PRId64 " and %" PRId64,
                             partner, about));
}

/* The reason of the newest plan that suggests the pair, else none. */
static bool
load_reason(struct store *store, int64_t need_id, int64_t offer_id,
    struct arena *arena, const char **reason, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT terms, distance_m, ifnull(weekday, -1) FROM plan_lines"
        " WHERE need_id = ? AND offer_id = ? ORDER BY run_id DESC, id"
        " LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    struct score score = {0};
    char line[REASON_SIZE];
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    int step = store_step(stmt, err);
    *reason = "事務局からのご提案";
    if (step > 0 && score_read(store_text(stmt, 0), &score)) {
        score.distance_m =
            store_is_null(stmt, 1) ? -1 : (int32_t)store_int(stmt, 1);
        reason_line(&score, LANG_JA, line);
        int weekday = (int)store_int(stmt, 2);
        *reason = weekday < 0 ? arena_string(arena, line)
                              : arena_format(arena, "%s（%s曜日に）", line,
                                    day_weekday_ja(weekday));
    }
    store_finish(stmt);
    return step >= 0;
}

/* What that plan gives of the offer to the need: 食品 84食、…（水曜日）. */
static bool
load_proposal(struct store *store, int64_t need_id, int64_t offer_id,
    struct arena *arena, const char **proposal, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT k.label_ja, p.units, p.unit, ifnull(p.weekday, -1)"
        "  FROM plan_lines AS p JOIN resource_kinds AS k ON k.id = p.kind_id"
        " WHERE p.need_id = ?1 AND p.offer_id = ?2 AND p.run_id ="
        "       (SELECT max(run_id) FROM plan_lines WHERE need_id = ?1"
        "           AND offer_id = ?2)"
        " ORDER BY p.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    const char *all = "";
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int weekday = (int)store_int(stmt, 3);
        all = arena_format(arena, "%s%s%s %" PRId64 "%s%s%s%s", all,
            all[0] != '\0' ? "、" : "", store_text(stmt, 0),
            store_int(stmt, 1), store_text(stmt, 2),
            weekday < 0 ? "" : "（",
            weekday < 0 ? "" : day_weekday_ja(weekday),
            weekday < 0 ? "" : "曜日）");
    }
    store_finish(stmt);
    *proposal = all[0] != '\0' ? all : "ご相談のうえで";
    return step == 0;
}

static bool
check_rules(const char *const field[F_COUNT], struct err *err)
{
    if (field[F_LINKED][0] != '1') {
        return fail(err, ERR_INPUT,
            "県がつながりがある相手にのみ情報提供できます"
            "（エントリーの手順③）: つながりの登録がない団体: \"%s\"",
            field[F_PARTNER]);
    }
    for (int f = F_PARTNER_STATE; f <= F_STATE; f += F_STATE -
                                                     F_PARTNER_STATE) {
        if (strcmp(field[f], "approved") != 0) {
            return fail(err, ERR_INPUT,
                "承認済みのエントリーだけを案内できます: \"%s\" は %s",
                field[f == F_STATE ? F_TITLE : F_PARTNER_TITLE],
                step_state_ja(field[f]));
        }
    }
    return true;
}

static int
field_find(const char *name, size_t len)
{
    int f = 0;
    while (f < F_COUNT && (names[f] == NULL || strlen(names[f]) != len ||
                              memcmp(names[f], name, len) != 0)) {
        f++;
    }
    return f;
}

/* {name} becomes its field; a brace alone is itself. */
static bool
fill(const char *text, size_t len, const char *const field[F_COUNT],
    struct arena *arena, const char **out, struct err *err)
{
    char *body = arena_alloc(arena, LETTER_MAX + 1);
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        const char *piece = text + i;
        size_t piece_len = 1;
        const char *close =
            text[i] == '{' ? memchr(text + i, '}', len - i) : NULL;
        if (close != NULL) {
            size_t name_len = (size_t)(close - piece) - 1;
            int f = field_find(piece + 1, name_len);
            if (f == F_COUNT) {
                return fail(err, ERR_INPUT, "letter: no such name: \"%.*s\"",
                    name_len > 40 ? 40 : (int)name_len, piece + 1);
            }
            i += name_len + 2;
            piece = field[f];
            piece_len = strlen(piece);
        } else {
            i++;
        }
        if (n + piece_len > LETTER_MAX) {
            return fail(err, ERR_INPUT, "letter: longer than %d bytes",
                LETTER_MAX);
        }
        memcpy(body + n, piece, piece_len);
        n += piece_len;
    }
    body[n] = '\0';
    *out = body;
    return true;
}

bool
letter_make(struct store *store, int64_t need_id, int64_t offer_id,
    bool to_offer, const char *text, struct arena *arena,
    struct letter *letter, struct err *err)
{
    const char *field[F_COUNT] = {0};
    const struct embed *own = embed_find("optimizer/staff/letter.txt");
    size_t len = text != NULL ? strlen(text)
                              : (size_t)(own->end - own->data);
    if (len > LETTER_MAX ||
        (text != NULL && fold_utf8_valid(text, len) != len)) {
        return fail(err, ERR_INPUT,
            "letter: the template is longer than %d bytes or no UTF-8",
            LETTER_MAX);
    }
    if (!load_fields(store, to_offer ? offer_id : need_id,
            to_offer ? need_id : offer_id, arena, field, err) ||
        !check_rules(field, err) ||
        !load_reason(store, need_id, offer_id, arena, &field[F_REASON],
            err) ||
        !load_proposal(store, need_id, offer_id, arena, &field[F_PROPOSAL],
            err)) {
        return false;
    }
    field[F_NEED] = arena_format(arena, "%" PRId64, need_id);
    field[F_OFFER] = arena_format(arena, "%" PRId64, offer_id);
    *letter = (struct letter){.to_name = field[F_PARTNER],
        .to_email = field[F_EMAIL],
        .subject = arena_format(arena,
            "【かながわつながりネットワーク】連携のご相談: %s",
            field[F_TITLE])};
    letter->organisation_id = strtoll(field[F_PARTNER_ID], NULL, 10);
    return fill(text != NULL ? text : (const char *)own->data, len, field,
        arena, &letter->body, err);
}

bool
letter_introduce(struct store *store, int64_t need_id, int64_t offer_id,
    bool to_offer, const char *text, struct arena *arena,
    struct letter *letter, struct err *err)
{
    struct amendment none;
    struct outcome_order order = {.need_id = need_id, .offer_id = offer_id,
        .stage = OUTCOME_INTRODUCED};
    if (!letter_make(store, need_id, offer_id, to_offer, text, arena, letter,
            err)) {
        return false;
    }
    order.note = arena_format(arena, "%sへ", letter->to_name);
    return outcome_take(store, &order, arena, &none, err);
}
