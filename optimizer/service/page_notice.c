/* page_notice.c: what a page says after a POST that worked (page.h): a row
 * per code, by code. */
#include <stddef.h>
#include <string.h>

#include "page.h"

static const struct {
    const char *code, *text;
} notices[] = {
    {"account-added", "アカウントをつくりました。"},
    {"account-changed", "アカウントを変更しました。"},
    {"corrected", "直した内容を受けつけました。 / Corrected."},
    {"logged-out", "ログアウトしました。"},
    {"password-changed", "パスワードを変更しました。もう一度ログインして"
                         "ください。"},
    {"received", "申しこみを受けつけました。受付番号をひかえてください。"
                 " / Received."},
    {"weights-named", "版に名前をつけました。"},
    {"weights-published", "重みを公開しました。次の計画から使われます。"},
    {"weights-saved", "重みを下書きとして残しました。公開はしていません。"},
    {"weights-unnamed", "名前を外しました。版は残っています。"},
    {"saved", "保存しました。 / Saved."},
    {"withdrawn", "取り下げました。 / Withdrawn."},
};

const char *
page_notice(const char *code)
{
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++) {
        if (strcmp(notices[i].code, code) == 0) {
            return notices[i].text;
        }
    }
    return NULL;
}
