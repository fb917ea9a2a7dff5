/* amend_print.c: what became of a plan, for people (amend.h). */
#include <inttypes.h>

#include "amend.h"

void
amend_print(const struct amendment *a, FILE *out)
{
    if (a->refused != NULL) {
        fprintf(out,
            "  計画 %" PRId64 " はそのままです（次の計算で直ります）: %s\n",
            a->parent_id, a->refused);
    }
    if (a->run_id == 0) {
        return;
    }
    fprintf(out, "  計画 %" PRId64 " を改めました: 計画 %" PRId64 "\n",
        a->parent_id, a->run_id);
    for (int32_t i = 0; i < a->promoted_n; i++) {
        const struct amend_promoted *p = &a->promoted[i];
        fprintf(out,
            "  繰り上げ: 募集 %" PRId64 "-%" PRId32 " ← 資源 %" PRId64
            "-%" PRId32 " %" PRId32 "\n",
            p->need_id, p->need_line_no, p->offer_id, p->offer_line_no,
            p->units);
    }
    if (a->promoted_n == 0) {
        fprintf(out, "  繰り上げられる次の候補はありません\n");
    }
}
