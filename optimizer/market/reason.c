/* reason.c: terms of a score as words; explain, snapshots and reports
 * print them. */
#include "reason.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *label[LANG_COUNT]; /* name of the term */
    const char *good[LANG_COUNT];  /* said when the term is above 0 */
    const char *mind[LANG_COUNT];  /* said when it is below */
} words[TERM_COUNT] = {
    [TERM_WORTH] = {.label = {"募集の重み", "おねがいの おもさ", "Worth"}},
    [TERM_KIND] = {.label = {"種類", "しゅるい", "Kind"},
        .good = {"種類が合う", "しゅるいが あう", "kind matches"}},
    [TERM_TARGET] = {.label = {"対象", "だれの ため", "For whom"},
        .good = {"対象が合う", "だれの ためかが あう",
            "for the same people"}},
    [TERM_THEME] = {.label = {"テーマ", "テーマ", "Theme"},
        .good = {"テーマが合う", "テーマが あう", "theme matches"}},
    [TERM_TAG] = {.label = {"タグ", "タグ", "Tags"},
        .good = {"タグが合う", "タグが おなじ", "tags in common"}},
    [TERM_DISTANCE] = {.label = {"距離", "とおさ", "Distance"}},
    [TERM_OUTSIDE] = {.label = {"対応地域の外", "まちの そと",
                          "Outside the regions"},
        .mind = {"対応地域の外", "たいおうする まちの そと",
            "outside the stated regions"}},
    [TERM_ONLINE] = {.label = {"オンラインだけ", "オンラインだけ",
                         "Online only"},
        .mind = {"オンライン", "オンライン", "online"}},
    [TERM_CONTINUITY] = {.label = {"前回の計画", "まえの けいかく",
                             "Previous plan"},
        .good = {"前回の案と同じ", "まえと おなじ",
            "as in the previous plan"}},
    [TERM_NEW_LINK] = {.label = {"新しい連携", "はじめて", "New link"},
        .good = {"はじめての連携", "はじめて いっしょに する",
            "a new link"}},
    [TERM_WISH] = {.label = {"希望する相手", "いっしょに したい あいて",
                       "Wished partner"},
        .good = {"希望する相手", "いっしょに したい あいて",
            "a wished partner"}},
    [TERM_SMALL] = {.label = {"小さな・新しい団体",
                        "ちいさい・あたらしい だんたい",
                        "Small or new organisation"},
        .good = {"小さな・新しい団体", "ちいさい・あたらしい だんたい",
            "a small or new organisation"}},
    [TERM_FRESHNESS] = {.label = {"確認日", "たしかめた 日", "Freshness"},
        .mind = {"確認から日がたっている", "たしかめてから 日が たった",
            "confirmed long ago"}},
    [TERM_COST] = {.label = {"費用", "おかね", "Cost"},
        .mind = {"費用がかかる", "おかねが かかる", "costs money"}},
};

const char *
reason_term_label(int term, enum option_lang lang)
{
    assert(term >= 0 && term < TERM_COUNT);
    return words[term].label[lang];
}

static void
add(char out[REASON_SIZE], const char *text, enum option_lang lang)
{
    static const char *const between[] = {"・", "・", ", "};
    size_t len = strlen(out);
    snprintf(out + len, REASON_SIZE - len, "%s%s",
        len > 0 ? between[lang] : "", text);
}

static void
add_distance(char out[REASON_SIZE], int32_t metres, enum option_lang lang)
{
    static const char *const same[] = {"同じ地域", "おなじ まち",
        "the same town"};
    static const char *const near[] = {"近い（%d.%dkm）", "ちかい（%d.%dkm）",
        "near (%d.%d km)"};
    static const char *const far[] = {"距離%d.%dkm", "%d.%dkm はなれている",
        "%d.%d km away"};
    char text[64];
    if (metres == 0) {
        add(out, same[lang], lang);
        return;
    }
    int km = metres / 1000, tenth = metres % 1000 / 100;
    const char *format = (metres <= REASON_NEAR_M ? near : far)[lang];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof(text), format, km, tenth);
#pragma GCC diagnostic pop
    add(out, text, lang);
}

void
reason_line(const struct score *score, enum option_lang lang,
    char out[REASON_SIZE])
{
    static const int good[] = {TERM_WISH, TERM_DISTANCE, TERM_TARGET,
        TERM_TAG, TERM_THEME, TERM_NEW_LINK, TERM_CONTINUITY, TERM_SMALL,
        TERM_KIND};
    static const int mind[] = {TERM_OUTSIDE, TERM_ONLINE, TERM_FRESHNESS,
        TERM_COST};
    int said = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        int term = good[i];
        if (said < REASON_MOST && term == TERM_DISTANCE &&
            score->distance_m >= 0) {
            add_distance(out, score->distance_m, lang);
            said++;
        } else if (said < REASON_MOST && term != TERM_DISTANCE &&
                   score->term[term] > 0) {
            add(out, words[term].good[lang], lang);
            said++;
        }
    }
    for (size_t i = 0; i < sizeof(mind) / sizeof(mind[0]); i++) {
        if (score->term[mind[i]] < 0) {
            add(out, words[mind[i]].mind[lang], lang);
        }
    }
}
