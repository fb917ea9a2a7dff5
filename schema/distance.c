/* distance.c: degrees to metres, in integers; the market and the server read
 * it. */
#include "distance.h"

/* cos of micro-degrees in 1e-9, by its series; exact to 1e-8 up to 60. */
static int64_t
cosine_e9(int64_t lat_e6)
{
    const int64_t one = 1000000000;
    int64_t x = lat_e6 * 174532925 / 10000000; /* radians, 1e-9 */
    int64_t square = x * x / one;
    int64_t term = one, sum = one;
    for (int64_t k = 1; k <= 15; k += 2) {
        term = -(term * square / one) / (k * (k + 1));
        sum += term;
    }
    return sum < 0 ? 0 : sum;
}

static int64_t
square_root(int64_t value)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 31; bit > 0; bit >>= 1) {
        int64_t more = root | bit;
        if (more <= value / more) {
            root = more;
        }
    }
    return root;
}

static int64_t
absolute(int64_t value)
{
    return value < 0 ? -value : value;
}

int32_t
distance_m(int32_t lat_a_e6, int32_t lon_a_e6, int32_t lat_b_e6,
    int32_t lon_b_e6)
{
    /* 111,195 m per degree: a sphere of 6,371 km */
    int64_t middle = ((int64_t)lat_a_e6 + lat_b_e6) / 2;
    int64_t dlon = absolute((int64_t)lon_a_e6 - lon_b_e6);
    if (dlon > 180000000) {
        dlon = 360000000 - dlon;
    }
    int64_t north = absolute((int64_t)lat_a_e6 - lat_b_e6) * 111195 / 1000000;
    int64_t east = dlon * cosine_e9(middle) / 1000000000 * 111195 / 1000000;
    int64_t metres = square_root(north * north + east * east);
    return (int32_t)((metres + 50) / 100 * 100);
}
