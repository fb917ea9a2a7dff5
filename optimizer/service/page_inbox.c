/* page_inbox.c: /staff/entries: what waits for the secretariat. */

#include "desk.h"
#include "optimizer/staff/organisation_list.h"
#include "optimizer/staff/screening.h"
#include "optimizer/staff/step.h"
#include "optimizer/store/entry_ref.h"
#include "page.h"
#include "paging.h"
#include "route.h"

static const struct form_choice states[] = {
    {"submitted", "審査待ち", 0}, {"returned", "差し戻し", 0},
    {"approved", "承認済み", 0}, {"paused", "休止中", 0},
    {"rejected", "不承認", 0}, {"withdrawn", "取り下げ", 0},
    {"archived", "終了", 0}, {"draft", "下書き", 0}, {NULL, NULL, 0}};
static const struct form_choice sides[] = {{"", "すべて", 0},
    {"need", "募集", 0}, {"offer", "資源", 0}, {NULL, NULL, 0}};

/* Of one organisation: which, and the way back to all. */
static void
put_organisation(struct call *call, const struct organisation_row *o,
    const char *state)
{
    html_format(call->body,
        "<p>「<a href=\"/staff/organisations/%ld\">%s</a>」のエントリーだけを"
        "見ています。<a href=\"/staff/entries?state=%s\">すべての団体を見る"
        "</a></p>\n", (long)o->id, o->name, state);
}

/* What was looked for is the number of an entry, in whatever state. */
static bool
put_numbered(struct call *call, const char *text, struct err *err)
{
    int64_t id;
    struct screening s;
    struct err none = {0};
    if (text[0] == '\0' ||
        !entry_ref_any(call->store, text, &id, &none)) {
        *err = none.kind == ERR_INPUT ? *err : none;
        return err->kind == ERR_NONE;
    }
    if (!screening_load(call->store, id, call->arena, &s, err)) {
        return false;
    }
    html_format(call->body,
        "<p class=\"note\">番号が「%s」のエントリー: "
        "<a href=\"/staff/entries/%ld\">%s</a>（%s、%s）</p>\n",
        text, (long)id, s.row.title, s.row.organisation,
        step_state_ja(s.row.state));
    return true;
}

static void
put_filter(struct call *call, int64_t organisation_id)
{
    const struct request *r = call->request;
    struct form_field state = {.name = "state", .label = "状態",
        .value = request_query(r, "state")};
    struct form_field side = {.name = "side", .label = "種類",
        .value = request_query(r, "side")};
    struct form_field text = {.name = "text", .label = "題名・団体名・番号",
        .value = request_query(r, "text"), .max = 100};
    form_begin_filter(call, "/staff/entries");
    form_select(call, NULL, &state, states);
    form_select(call, NULL, &side, sides);
    form_input(call, NULL, &text);
    if (organisation_id > 0) {
        form_hidden(call, "organisation", arena_format(call->arena, "%ld",
            (long)organisation_id));
    }
    form_button(call, NULL, NULL, "しぼる", "");
    form_end(call);
}

static void
put_row(struct call *call, const struct inbox_row *row)
{
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/entries/%ld\">%s</a></th>"
        "<td>%s</td><td><a href=\"/staff/organisations/%ld\">%s</a></td>"
        "<td>%d / %d%s</td><td>%d / %d</td><td>%s</td><td>%s</td></tr>\n",
        (long)row->id, row->title, desk_side(row->side),
        (long)row->organisation_id, row->organisation, row->passed,
        row->required, row->failed > 0 ? "（否あり）" : "", row->confirmed,
        row->conditions, row->confirmed_on,
        page_day(call, row->updated_at));
}

static bool
get_inbox(struct call *call, struct err *err)
{
    static const char *const heads[] = {"題名", "種類", "団体", "要件",
        "諸条件", "確認日", "更新", NULL};
    const struct request *r = call->request;
    const char *state = request_query(r, "state");
    const char *side = request_query(r, "side");
    struct inbox_query query = {
        .state = state[0] != '\0' ? state : "submitted",
        .side = side[0] != '\0' ? side : NULL,
        .text = request_query(r, "text"), .after = desk_after(call),
        .organisation_id = request_int(request_query(r, "organisation"), 0,
            INT64_MAX, 0),
        .most = PAGING_ROWS};
    struct inbox inbox;
    struct organisation_row of = {.id = query.organisation_id, .name = ""};
    struct err why = {0};
    if (of.id > 0 && !organisation_load(call->store, of.id, call->arena, &of,
                         &why)) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    if (!inbox_load(call->store, &query, call->arena, &inbox, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF,
        desk_title(call, "審査",
            arena_format(call->arena, "%s%s%s%s%s",
                step_state_ja(query.state), query.side == NULL ? "" : "・",
                query.side == NULL ? "" : desk_side(query.side),
                of.id > 0 ? "・" : "", of.name),
            query.text));
    if (of.id > 0) {
        put_organisation(call, &of, query.state);
    }
    put_filter(call, of.id);
    if (!put_numbered(call, query.text, err)) {
        return false;
    }
    if (inbox.n == 0 && query.after == 0) {
        html_raw(call->body, "<p class=\"note\">この状態にはありません。"
                             "ほかの状態: ");
        if (!desk_states(call, &query, "ありません", err)) {
            return false;
        }
        html_raw(call->body, "</p>\n");
    } else {
        table_begin(call, arena_format(call->arena, "%sのエントリー",
            step_state_ja(query.state)), heads);
        for (int32_t i = 0; i < inbox.n; i++) {
            put_row(call, &inbox.rows[i]);
        }
        table_end(call);
    }
    html_format(call->body, "<p class=\"count\">この状態は %s%ld 件</p>\n",
        query.text[0] != '\0' ? "全部で " : "", (long)inbox.total);
    desk_more(call, inbox.more,
        inbox.n > 0 ? inbox.rows[inbox.n - 1].id : 0);
    page_end(call);
    return true;
}

const struct route inbox_routes[] = {
    {REQUEST_GET, "/staff/entries", ROLE_VIEWER, get_inbox, "審査", 0},
    {0},
};
