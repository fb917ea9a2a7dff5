/* instance_write.c: an instance to CSV files (instance_file.h). */
#include "instance_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "optimizer/base/csv_write.h"

static FILE *
create(const char *dir, const char *file, const char *header,
    struct err *err)
{
    char path[4096];
    if (snprintf(path, sizeof(path), "%s/%s", dir, file) >=
        (int)sizeof(path)) {
        fail(err, ERR_USAGE, "path is too long: \"%.100s\"", dir);
        return NULL;
    }
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        fail(err, ERR_SYSTEM, "cannot create \"%s\": %s", path,
            strerror(errno));
        return NULL;
    }
    fprintf(out, "%s\n", header);
    return out;
}

static bool
finish(FILE *out, const char *dir, struct err *err)
{
    bool broken = ferror(out) != 0;
    if (fclose(out) != 0 || broken) {
        return fail(err, ERR_SYSTEM, "cannot write to \"%s\": %s", dir,
            strerror(errno));
    }
    return true;
}

void
instance_put_name(FILE *out, const char *name, int32_t index)
{
    if (name == NULL || name[0] == '\0') {
        fprintf(out, "%" PRId32, index);
    } else {
        csv_write_text(out, name);
    }
}

/* ",value", empty for what stands for none. */
static void
put_number(FILE *out, int64_t value, int64_t none)
{
    putc(',', out);
    if (value != none) {
        fprintf(out, "%" PRId64, value);
    }
}

static void
put_e6(FILE *out, int64_t e6)
{
    fprintf(out, "%" PRId64 ".%06" PRId64, e6 / 1000000, e6 % 1000000);
}

static bool
write_needs(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out =
        create(dir, "needs.csv", "need,budget_yen,max_partners", err);
    if (out == NULL) {
        return false;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        instance_put_name(out, in->needs[i].name, i);
        put_number(out, in->needs[i].budget_yen, INSTANCE_NO_LIMIT);
        put_number(out, in->needs[i].max_partners, 0);
        putc('\n', out);
    }
    return finish(out, dir, err);
}

static bool
write_lines(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out = create(dir, "lines.csv",
        "line,need,quantity,uncovered_price,indivisible", err);
    if (out == NULL) {
        return false;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct instance_line *line = &in->lines[l];
        instance_put_name(out, line->name, l);
        putc(',', out);
        instance_put_name(out, in->needs[line->need].name, line->need);
        fprintf(out, ",%" PRId32 ",%" PRId32 ",%" PRId32 "\n",
            line->quantity, line->uncovered_price, line->indivisible);
    }
    return finish(out, dir, err);
}

static bool
write_offers(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out = create(dir, "offers.csv",
        "offer,capacity,max_needs,min_lot,org", err);
    if (out == NULL) {
        return false;
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct instance_offer *offer = &in->offers[j];
        const char *org =
            in->org_names != NULL ? in->org_names[offer->org] : NULL;
        instance_put_name(out, offer->name, j);
        fprintf(out, ",%" PRId32, offer->capacity);
        put_number(out, offer->max_needs, 0);
        put_number(out, offer->min_lot, 0);
        putc(',', out);
        csv_write_text(out, org != NULL ? org : "");
        putc('\n', out);
    }
    return finish(out, dir, err);
}

static void
put_pair(FILE *out, const struct instance *in, int32_t l, int32_t p)
{
    int32_t j = in->pair_offer[p];
    instance_put_name(out, in->lines[l].name, l);
    putc(',', out);
    instance_put_name(out, in->offers[j].name, j);
}

static bool
write_pairs(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out =
        create(dir, "pairs.csv", "line,offer,score,cost_yen,use", err);
    if (out == NULL) {
        return false;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            put_pair(out, in, l, p);
            fprintf(out, ",%" PRId32 ",%" PRId32 ",%" PRId32 "\n",
                in->pair_score[p], in->pair_cost[p], in->pair_use[p]);
        }
    }
    return finish(out, dir, err);
}

static bool
write_params(const char *dir, const struct instance *in,
    const struct instance_params *params, struct err *err)
{
    FILE *out = create(dir, "params.csv", "name,value", err);
    if (out == NULL) {
        return false;
    }
    fputs("programme_budget_yen", out);
    put_number(out, in->programme_budget_yen, INSTANCE_NO_LIMIT);
    fputs("\ntime_limit_s,", out);
    put_e6(out, params->time_limit_ms * 1000);
    fputs("\ngap,", out);
    put_e6(out, params->gap_ppm);
    putc('\n', out);
    return finish(out, dir, err);
}

static bool
write_floors(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out = create(dir, "floors.csv", "floor,line,share,price", err);
    if (out == NULL) {
        return false;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            int32_t l = in->floor_lines[k];
            instance_put_name(out, floor->name, g);
            putc(',', out);
            instance_put_name(out, in->lines[l].name, l);
            putc(',', out);
            put_e6(out, floor->share_ppm);
            if (floor->tier) {
                fputs(",\n", out);
            } else {
                fprintf(out, ",%" PRId32 "\n", floor->price);
            }
        }
    }
    return finish(out, dir, err);
}

static bool
write_pins(const char *dir, const struct instance *in, struct err *err)
{
    FILE *out = create(dir, "pins.csv", "line,offer,units", err);
    if (out == NULL) {
        return false;
    }
    int32_t l = 0;
    for (int32_t k = 0; k < in->pins_n; k++) {
        while (in->pair_begin[l + 1] <= in->pins[k].pair) {
            l++;
        }
        put_pair(out, in, l, in->pins[k].pair);
        fprintf(out, ",%" PRId32 "\n", in->pins[k].units);
    }
    return finish(out, dir, err);
}

bool
instance_write(const char *dir, const struct instance *in,
    const struct instance_params *params, struct err *err)
{
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return fail(err, ERR_SYSTEM, "cannot make \"%s\": %s", dir,
            strerror(errno));
    }
    return write_needs(dir, in, err) && write_lines(dir, in, err) &&
        write_offers(dir, in, err) && write_pairs(dir, in, err) &&
        write_params(dir, in, params, err) && write_floors(dir, in, err) &&
        write_pins(dir, in, err);
}
