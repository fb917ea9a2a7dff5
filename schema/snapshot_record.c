/* snapshot_record.c: records of the file, and their identifiers. */
#include "snapshot.h"

#include <string.h>

static const char hex[] = "0123456789abcdef";

/* The first record at or behind that key; the file may be out of order. */
static uint32_t
record_from(const struct snap *s, uint32_t kind, uint32_t id)
{
    uint32_t low = 0, high = s->records_n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct snap_record *r = &s->records[middle];
        if (r->kind < kind || (r->kind == kind && r->id < id)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t
snap_records(const struct snap *s, uint32_t kind, uint32_t *n)
{
    uint32_t first = record_from(s, kind, 0);
    uint32_t last = record_from(s, kind + 1, 0);
    *n = last > first ? last - first : 0;
    return first;
}

uint32_t
snap_record_find(const struct snap *s, uint32_t kind, uint32_t id)
{
    uint32_t at = record_from(s, kind, id);
    return at < s->records_n && s->records[at].kind == kind &&
                   s->records[at].id == id
               ? at
               : SNAP_NONE;
}

uint32_t
snap_uuid_space(const char *code, size_t len)
{
    return snap_crc32(0, code, len);
}

uint32_t
snap_space(const struct snap *s)
{
    uint32_t home = s->header->home;
    if (home >= s->regions_n) {
        return 0;
    }
    char code[sizeof(s->regions[0].code)];
    memcpy(code, s->regions[home].code, sizeof(code));
    size_t len = 0;
    while (len < sizeof(code) && code[len] != '\0') {
        len++;
    }
    return snap_uuid_space(code, len);
}

uint32_t
snap_term_id(uint32_t facet, const char *code, size_t len)
{
    unsigned char first = (unsigned char)facet;
    return snap_crc32(snap_crc32(0, &first, 1), code, len);
}

static char *
digits(char *to, uint32_t value, int n)
{
    for (int i = n; i-- > 0; value >>= 4) {
        to[i] = hex[value & 15];
    }
    return to + n;
}

void
snap_uuid_write(char to[SNAP_UUID_LEN], const struct snap_uuid *uuid)
{
    char *p = digits(to, uuid->space, 8);
    *p++ = '-';
    p = digits(p, uuid->kind, 4);
    *p++ = '-';
    p = digits(p, 0x8000 | (uuid->part & 0xfff), 4);
    memcpy(p, "-8000-0000", 10);
    digits(p + 10, uuid->id, 8);
}

static int
number(uint32_t *value, const char *text, int n)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        char c = text[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16) {
            return 0;
        }
        *value = *value << 4 | digit;
    }
    return 1;
}

int
snap_uuid_read(struct snap_uuid *uuid, const char *text, size_t len)
{
    uint32_t part;
    if (len != SNAP_UUID_LEN || text[8] != '-' || text[13] != '-' ||
        memcmp(text + 18, "-8000-0000", 10) != 0 ||
        !number(&uuid->space, text, 8) || !number(&uuid->kind, text + 9, 4) ||
        !number(&part, text + 14, 4) || part >> 12 != 8 ||
        !number(&uuid->id, text + 28, 8)) {
        return 0;
    }
    uuid->part = part & 0xfff;
    return 1;
}
