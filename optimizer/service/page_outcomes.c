/* page_outcomes.c: /staff/outcomes: what became of suggestions. */
#include <string.h>

#include "desk.h"
#include "optimizer/staff/outcome.h"
#include "optimizer/staff/step.h"
#include "page.h"
#include "paging.h"
#include "route.h"

#define LEFT "left" /* of the filter, beside the stages */

/* "取り下げ" of the entry that went, "" while it stands. */
static const char *
gone(const struct outcome_row *row, const char *state)
{
    return row->left && strcmp(state, "approved") != 0
               ? step_state_ja(state)
               : "";
}

static void
put_filter(struct call *call)
{
    static const struct form_choice stages[] = {{"", "すべて", 0},
        {"proposed", "提案", 0}, {"introduced", "打診", 0},
        {"agreed", "合意", 0}, {"held", "実施", 0}, {"declined", "辞退", 0},
        {LEFT, "打診・合意のあとで登録が外れたもの", 0}, {NULL, NULL, 0}};
    struct form_field stage = {.name = "stage", .label = "段階",
        .value = request_query(call->request, "stage")};
    form_begin_filter(call, "/staff/outcomes");
    form_select(call, NULL, &stage, stages);
    form_button(call, NULL, NULL, "しぼる", "");
    form_end(call);
}

static void
put_row(struct call *call, const struct outcome_row *row)
{
    const char *need = gone(row, row->need_state);
    const char *offer = gone(row, row->offer_state);
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/pairs/%ld/%ld\">%s ← %s</a>"
        "</th><td>%s%s%s%s%s</td><td>%s<br>%s</td><td>%s %s %s</td>"
        "<td>%s</td><td>%s</td></tr>\n",
        (long)row->need_id, (long)row->offer_id, row->need_title,
        row->offer_title, outcome_label_ja(row->stage),
        need[0] != '\0' ? "、募集は" : "", need,
        offer[0] != '\0' ? "、資源は" : "", offer, row->need_org,
        row->offer_org,
        strcmp(row->side, "need") == 0    ? "募集の団体から:"
        : strcmp(row->side, "offer") == 0 ? "資源の団体から:"
                                          : "",
        row->reason, row->note, row->actor,
        page_day(call, row->at));
}

static void
put_rows(struct call *call, const struct outcome_list *list)
{
    static const char *const heads[] = {"組み合わせ", "段階", "団体",
        "理由・備考", "だれ", "いつ", NULL};
    if (list->n == 0) {
        page_note(call, "いまはありません。");
        return;
    }
    table_begin(call, "組み合わせの進みぐあい", heads);
    for (int32_t i = 0; i < list->n; i++) {
        put_row(call, &list->rows[i]);
    }
    table_end(call);
}

static bool
get_outcomes(struct call *call, struct err *err)
{
    struct outcome_query query = {.most = PAGING_ROWS,
        .stage = outcome_find(request_query(call->request, "stage")),
        .left = strcmp(request_query(call->request, "stage"), LEFT) == 0,
        .below = desk_after(call)};
    struct outcome_list list;
    if (!outcome_load(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF,
        desk_title(call, "打診・合意・実施",
            query.left                  ? "登録が外れたもの"
            : query.stage != OUTCOME_NONE ? outcome_label_ja(query.stage)
                                          : NULL,
            ""));
    put_filter(call);
    put_rows(call, &list);
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].id : 0);
    page_end(call);
    return true;
}

const struct route outcome_routes[] = {
    {REQUEST_GET, "/staff/outcomes", ROLE_VIEWER, get_outcomes,
        "打診・合意・実施", 0},
    {0},
};
