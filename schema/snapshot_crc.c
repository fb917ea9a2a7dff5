/* snapshot_crc.c: CRC-32 (polynomial 0xEDB88320) with no state to set up. */
#include <string.h>

#include "snapshot.h"

enum { SLICES = 8, LONG = 16384 };

/* A digit of four bits at a time: right for short runs. */
static uint32_t
crc_short(uint32_t crc, const unsigned char *p, size_t len)
{
    static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8,
        0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320,
        0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278,
        0xbdbdf21c};
    for (; len > 0; len--) {
        crc ^= *p++;
        crc = table[crc & 15] ^ (crc >> 4);
        crc = table[crc & 15] ^ (crc >> 4);
    }
    return crc;
}

/* Eight bytes at a time by tables on the stack, made for this run. */
static uint32_t
crc_long(uint32_t crc, const unsigned char *p, size_t len)
{
    uint32_t table[SLICES][256];
    for (uint32_t i = 0; i < 256; i++) {
        unsigned char byte = (unsigned char)i;
        table[0][i] = crc_short(0, &byte, 1);
    }
    for (int slice = 1; slice < SLICES; slice++) {
        for (int i = 0; i < 256; i++) {
            uint32_t last = table[slice - 1][i];
            table[slice][i] = table[0][last & 255] ^ (last >> 8);
        }
    }
    for (; len >= 8; len -= 8, p += 8) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + 4, 4);
        low ^= crc;
        crc = table[7][low & 255] ^ table[6][(low >> 8) & 255] ^
              table[5][(low >> 16) & 255] ^ table[4][low >> 24] ^
              table[3][high & 255] ^ table[2][(high >> 8) & 255] ^
              table[1][(high >> 16) & 255] ^ table[0][high >> 24];
    }
    return crc_short(crc, p, len);
}

uint32_t
snap_crc32(uint32_t crc, const void *data, size_t len)
{
    const unsigned char *p = data;
    crc = ~crc;
    crc = len < LONG ? crc_short(crc, p, len) : crc_long(crc, p, len);
    return ~crc;
}
