/*
 * sheet_form_regions.c: the regions of the network's prefecture as a tree of
 * boxes: areas open and close without a script (<details>), those with a
 * ticked box in them are open (sheet_form.h).
 */
#include <string.h>

#include "sheet_form.h"

struct region {
    const char *code, *parent, *level, *name, *easy;
};

struct tree {
    struct region *at;
    int n;
};

static bool
load(struct call *call, struct tree *tree, struct err *err)
{
    int64_t max = 0;
    struct store_stmt *stmt = NULL;
    if (!store_query_int(call->store,
            "SELECT count(*) FROM regions WHERE home = 1", &max, err) ||
        (stmt = store_prepare(call->store,
             "SELECT code, parent_code, level, name,"
             " kana || ' / ' || name_en FROM regions"
             " WHERE home = 1 ORDER BY sort, code",
             err)) == NULL) {
        return false;
    }
    struct arena *arena = call->arena;
    tree->at = arena_array(arena, (size_t)max + 1, sizeof(*tree->at));
    tree->n = 0;
    int step;
    while ((step = store_step(stmt, err)) > 0 && tree->n < max) {
        tree->at[tree->n++] = (struct region){
            .code = arena_string(arena, store_text(stmt, 0)),
            .parent = arena_string(arena, store_text(stmt, 1)),
            .level = arena_string(arena, store_text(stmt, 2)),
            .name = arena_string(arena, store_text(stmt, 3)),
            .easy = arena_string(arena, store_text(stmt, 4))};
    }
    store_finish(stmt);
    return step >= 0;
}

static bool
is_ticked(const struct sheet *sheet, const char *name, const char *code)
{
    const char *value;
    for (size_t n = 0; (value = sheet_value_nth(sheet, name, n)) != NULL;
        n++) {
        if (strcmp(value, code) == 0) {
            return true;
        }
    }
    return false;
}

static bool
any_below(const struct tree *tree, const struct sheet *sheet,
    const char *name, const char *code)
{
    for (int i = 0; i < tree->n; i++) {
        if (strcmp(tree->at[i].parent, code) == 0 &&
            (is_ticked(sheet, name, tree->at[i].code) ||
                any_below(tree, sheet, name, tree->at[i].code))) {
            return true;
        }
    }
    return false;
}

static bool
has_children(const struct tree *tree, const char *code)
{
    for (int i = 0; i < tree->n; i++) {
        if (strcmp(tree->at[i].parent, code) == 0) {
            return true;
        }
    }
    return false;
}

static void
put_box(struct call *call, const struct sheet *sheet, const char *name,
    const struct region *region, bool whole)
{
    html_format(call->body,
        "<label class=\"tick\"><input type=\"checkbox\" name=\"%s\""
        " value=\"%s\"",
        name, region->code);
    html_raw(call->body,
        is_ticked(sheet, name, region->code) ? " checked> " : "> ");
    html_format(call->body, "<span>%s%s", region->name,
        whole ? "の全域" : "");
    html_easy(call->body, whole ? "ぜんぶ / All of it" : region->easy);
    html_raw(call->body, "</span></label>\n");
}

static void
put_below(struct call *call, const struct tree *tree,
    const struct sheet *sheet, const char *name, const char *parent,
    int depth)
{
    for (int i = 0; i < tree->n && depth < 4; i++) {
        const struct region *region = &tree->at[i];
        if (strcmp(region->parent, parent) != 0) {
            continue;
        }
        if (!has_children(tree, region->code)) {
            put_box(call, sheet, name, region, false);
            continue;
        }
        html_raw(call->body,
            is_ticked(sheet, name, region->code) ||
                    any_below(tree, sheet, name, region->code)
                ? "<details open>"
                : "<details>");
        html_format(call->body, "<summary>%s ", region->name);
        html_easy(call->body, region->easy);
        html_raw(call->body, "</summary>\n<div class=\"inner\">\n");
        put_box(call, sheet, name, region, true);
        put_below(call, tree, sheet, name, region->code, depth + 1);
        html_raw(call->body, "</div>\n</details>\n");
    }
}

bool
sheet_form_regions(struct call *call, const struct sheet *sheet,
    const struct sheet_field *field, const struct form_errors *errors,
    struct err *err)
{
    struct tree tree;
    const char *error = form_error_of(errors, field->name);
    if (!load(call, &tree, err)) {
        return false;
    }
    html_format(call->body,
        "<fieldset id=\"%s\" class=\"field tree\" tabindex=\"-1\">\n"
        "<legend>%s ",
        field->name, field->label);
    html_easy(call->body, field->easy);
    html_raw(call->body, "</legend>\n");
    html_paragraph(call->body, " class=\"hint\"", field->hint);
    if (error != NULL) {
        html_paragraph(call->body, " class=\"error\"", error);
    }
    for (int i = 0; i < tree.n; i++) {
        if (strcmp(tree.at[i].level, "prefecture") == 0) {
            put_below(call, &tree, sheet, field->name, tree.at[i].code, 0);
        }
    }
    html_raw(call->body, "</fieldset>\n");
    return true;
}

const struct form_choice *
sheet_form_places(struct call *call, struct err *err)
{
    struct tree tree;
    if (!load(call, &tree, err)) {
        return NULL;
    }
    struct form_choice *choices =
        arena_array(call->arena, (size_t)tree.n + 2, sizeof(*choices));
    int n = 0;
    choices[n++] = (struct form_choice){.value = "", .label = SHEET_CHOOSE};
    for (int i = 0; i < tree.n; i++) {
        const struct region *region = &tree.at[i];
        bool ward = strcmp(region->level, "ward") == 0;
        if (ward || strcmp(region->level, "municipality") == 0) {
            choices[n++] =
                (struct form_choice){region->code,
                    arena_format(call->arena, "%s\n%s", region->name,
                        region->easy),
                    ward};
        }
    }
    choices[n].value = NULL;
    return choices;
}
