/* cause.c: names and labels of the causes; explain and summary print them. */
#include "cause.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *name, *label, *waive;
} causes[CAUSE_COUNT] = {
    [CAUSE_KIND] = {"kind", "種類が違う", NULL},
    [CAUSE_SELF] = {"self", "同じ団体", NULL},
    [CAUSE_DECISION] = {"decision", "見送りまたは辞退とした",
        "見送りや辞退を解くと"},
    [CAUSE_REGION_HARD] = {"region_hard", "対応地域の外（絶対条件）",
        "地域の絶対条件を外すと"},
    [CAUSE_REGION] = {"region", "対応地域の外で遠い",
        "もっと遠くも可にすると"},
    [CAUSE_AUDIENCE] = {"audience", "対象の人が合わない",
        "対象を広げると"},
    [CAUSE_DATE] = {"date", "日にちが合わない", "日にちを変えられると"},
    [CAUSE_WEEKDAY] = {"weekday", "曜日が合わない", "ほかの曜日も可にすると"},
    [CAUSE_TIME] = {"time", "時間帯が合わない", "ほかの時間帯も可にすると"},
    [CAUSE_PEOPLE] = {"people", "人数が合わない", "人数を変えられると"},
    [CAUSE_UNIT] = {"unit", "数える単位が違う", "単位をそろえると"},
    [CAUSE_CAPACITY] = {"capacity", "提供できる量が足りない",
        "分けて受け取れると"},
    [CAUSE_MIN_LOT] = {"min_lot", "まとまった量でないと提供できない",
        "もっと多く受け取れると"},
    [CAUSE_BUDGET] = {"budget", "募集の予算を超える", "募集の予算を増やすと"},
    [CAUSE_PROGRAMME_BUDGET] = {"programme_budget", "事業の予算を超える",
        "事業の予算を増やすと"},
    [CAUSE_PARTNERS] = {"partners", "連携相手の数が上限", NULL},
    [CAUSE_NEEDS_LIMIT] = {"needs_limit", "相手が受けられる募集の数が上限",
        NULL},
    [CAUSE_COMPETITION] = {"competition", "ほかの募集にまわっている", NULL},
    [CAUSE_NOT_WORTH] = {"not_worth", "点が低く計画に入らない", NULL},
    [CAUSE_UNFINISHED] = {"unfinished", "計算を途中で止めた", NULL},
    [CAUSE_NO_OFFER] = {"no_offer", "この種類の資源がまだ登録されていない",
        NULL},
};

const char *
cause_name(enum cause cause)
{
    assert(cause < CAUSE_COUNT);
    return causes[cause].name;
}

const char *
cause_label_ja(enum cause cause)
{
    assert(cause < CAUSE_COUNT);
    return causes[cause].label;
}

const char *
cause_waive_ja(enum cause cause)
{
    assert(cause < CAUSE_COUNT);
    return causes[cause].waive;
}

enum cause
cause_find(const char *name)
{
    int cause = 0;
    while (cause < CAUSE_COUNT && strcmp(causes[cause].name, name) != 0) {
        cause++;
    }
    return (enum cause)cause;
}
