/* distance.c: degrees to metres, in integers; the market and the server read
 * it. */
#include "distance.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* One term of the series from the one before it; each divisor known. */
static inline int64_t
next_term(int64_t term, int64_t square, int64_t divisor)
{
    return -(term * square / 1000000000) / divisor;
}

/* cos of micro-degrees in 1e-9, by its series; exact to 1e-8 up to 60. */
static int64_t
cosine_e9(int64_t lat_e6)
{
    const int64_t one = 1000000000;
    int64_t x = lat_e6 * 174532925 / 10000000; /* radians, 1e-9 */
    int64_t square = x * x / one;
    int64_t t2 = next_term(one, square, 1 * 2);
    int64_t t4 = next_term(t2, square, 3 * 4);
    int64_t t6 = next_term(t4, square, 5 * 6);
    int64_t t8 = next_term(t6, square, 7 * 8);
    int64_t t10 = next_term(t8, square, 9 * 10);
    int64_t t12 = next_term(t10, square, 11 * 12);
    int64_t t14 = next_term(t12, square, 13 * 14);
    int64_t t16 = next_term(t14, square, 15 * 16);
    int64_t sum = one + t2 + t4 + t6 + t8 + t10 + t12 + t14 + t16;
    return sum < 0 ? 0 : sum;
}

/* At or above the root of value > 0: near to it where the processor can. */
static int64_t
root_from_above(int64_t value)
{
#ifdef __SSE2__
    __m128d root = _mm_set_sd((double)value);
    return _mm_cvttsd_si64(_mm_sqrt_sd(root, root)) + 1;
#else
    return (int64_t)1 << (65 - __builtin_clzll((uint64_t)value)) / 2;
#endif
}

/* Rounded down, by Newton's steps from above. */
static int64_t
square_root(int64_t value)
{
    if (value <= 0) {
        return 0;
    }
    int64_t root = root_from_above(value);
    for (;;) {
        int64_t next = (root + value / root) / 2;
        if (next >= root) {
            return root;
        }
        root = next;
    }
}

static int64_t
absolute(int64_t value)
{
    return value < 0 ? -value : value;
}

static int32_t
least_of(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int64_t
degrees_east(int64_t lon_a_e6, int64_t lon_b_e6)
{
    int64_t dlon = absolute(lon_a_e6 - lon_b_e6);
    return dlon > 180000000 ? 360000000 - dlon : dlon;
}

/* 111,195 m per degree: a sphere of 6,371 km */
static int64_t
metres_north(int64_t lat_a_e6, int64_t lat_b_e6)
{
    return absolute(lat_a_e6 - lat_b_e6) * 111195 / 1000000;
}

static int64_t
metres_east(int64_t dlon_e6, int64_t cosine)
{
    return dlon_e6 * cosine / 1000000000 * 111195 / 1000000;
}

int32_t
distance_m(int32_t lat_a_e6, int32_t lon_a_e6, int32_t lat_b_e6,
    int32_t lon_b_e6)
{
    int64_t middle = ((int64_t)lat_a_e6 + lat_b_e6) / 2;
    int64_t north = metres_north(lat_a_e6, lat_b_e6);
    int64_t east =
        metres_east(degrees_east(lon_a_e6, lon_b_e6), cosine_e9(middle));
    int64_t metres = square_root(north * north + east * east);
    return (int32_t)((metres + 50) / 100 * 100);
}

/* Less than cos in 1e-9, by whole degrees. */
static const int32_t cosines_e9[92] = {
    999999900, 999847595, 999390727, 998629434, 997563950, 996194598,
    994521795, 992546051, 990267968, 987688240, 984807653, 981627083,
    978147500, 974369964, 970295626, 965925726, 961261595, 956304655,
    951056416, 945518475, 939692520, 933580326, 927183754, 920504753,
    913545357, 906307687, 898793946, 891006424, 882947492, 874619607,
    866025303, 857167200, 848047996, 838670467, 829037472, 819151944,
    809016894, 798635410, 788010653, 777145861, 766044343, 754709480,
    743144725, 731353601, 719339700, 707106681, 694658270, 681998260,
    669130506, 656058928, 642787509, 629320291, 615661375, 601814923,
    587785152, 573576336, 559192803, 544638935, 529919164, 515037974,
    499999900, 484809520, 469471462, 453990399, 438371046, 422618161,
    406736543, 390731028, 374606493, 358367849, 342020043, 325568054,
    309016894, 292371604, 275637255, 258818945, 241921795, 224950954,
    207911590, 190808895, 173648077, 156434365, 139173000, 121869243,
    104528363, 87155642, 69756373, 52335856, 34899396, 17452306,
    0, 0,
};

bool
distance_beyond(int32_t lat_a_e6, int32_t lon_a_e6, int32_t lat_b_e6,
    int32_t lon_b_e6, uint32_t metres)
{
    if (metres == 0) {
        return true;
    }
    int64_t least = (int64_t)metres - 50; /* is rounded to metres */
    int64_t north = metres_north(lat_a_e6, lat_b_e6);
    if (north >= least) {
        return true;
    }
    /* the middle latitude, away from the equator to the next degree */
    int64_t degree = absolute((int64_t)lat_a_e6 + lat_b_e6) / 2000000 + 1;
    int64_t east = metres_east(
        degrees_east(lon_a_e6, lon_b_e6), cosines_e9[degree]);
    return (uint64_t)(north * north + east * east) >=
           (uint64_t)least * (uint64_t)least;
}

/* In whatever registers there are. */
typedef float four_float __attribute__((vector_size(16)));
typedef int32_t four_int __attribute__((vector_size(16)));
typedef int64_t two_long __attribute__((vector_size(16)));

/* Metres of a micro-degree of latitude; radians of half of one. */
static const float metres_e6 = 0.111195f, half_radian_e6 = 8.7266463e-9f;

void
distance_from_init(struct distance_from *from,
    const struct distance_point *points, uint32_t n)
{
    from->n = n;
    from->least = from->most = points[0];
    for (uint32_t i = 0; i < n; i++) {
        struct distance_point p = points[i];
        from->points[i] = p;
        from->least.lat_e6 = least_of(from->least.lat_e6, p.lat_e6);
        from->least.lon_e6 = least_of(from->least.lon_e6, p.lon_e6);
        from->most.lat_e6 = -least_of(-from->most.lat_e6, -p.lat_e6);
        from->most.lon_e6 = -least_of(-from->most.lon_e6, -p.lon_e6);
        int64_t north = absolute(p.lat_e6);
        float cosine = (float)cosine_e9(north) / 1e9f;
        float sine = (float)cosine_e9(90000000 - north) / 1e9f;
        sine = p.lat_e6 < 0 ? -sine : sine;
        const float series[] = {
            cosine, -sine, -cosine / 2, sine / 6, cosine / 24};
        float unit = metres_e6;
        for (int k = 0; k < 5; k++, unit *= half_radian_e6) {
            from->east[i][k] = series[k] * unit;
        }
    }
}

static inline four_float
least_of_four(four_float a, four_float b)
{
    four_int less = a < b;
    return (four_float)(((four_int)a & less) | ((four_int)b & ~less));
}

/* The square of each place's distance to the nearest point. */
static inline four_float
least_squares(const struct distance_from *from, four_int lat, four_int lon)
{
    four_float least = {1e30f, 1e30f, 1e30f, 1e30f};
    for (uint32_t i = 0; i < from->n; i++) {
        const float *series = from->east[i];
        four_float north = __builtin_convertvector(
            lat - from->points[i].lat_e6, four_float);
        four_float east = __builtin_convertvector(
            lon - from->points[i].lon_e6, four_float);
        east *= (((series[4] * north + series[3]) * north + series[2]) *
                        north + series[1]) * north + series[0];
        north *= metres_e6;
        least = least_of_four(north * north + east * east, least);
    }
    return least;
}

/* Whether one of the places may be too far from a point to be told so. */
static inline bool
too_far(const struct distance_from *from, four_int lat, four_int lon)
{
    const int32_t north = 25000000, east = 60000000;
    four_int far = (lat > from->least.lat_e6 + north) |
                   (lat < from->most.lat_e6 - north) |
                   (lon > from->least.lon_e6 + east) |
                   (lon < from->most.lon_e6 - east);
    return (((two_long)far)[0] | ((two_long)far)[1]) != 0;
}

static inline four_int
roots_of_four(four_float squares)
{
#ifdef __SSE2__
    return (four_int)_mm_cvttps_epi32(_mm_sqrt_ps(squares));
#else
    four_int roots;
    for (int k = 0; k < DISTANCE_FOUR; k++) {
        roots[k] = (int32_t)square_root((int64_t)squares[k]);
    }
    return roots;
#endif
}

static uint32_t
least_distance(const struct distance_from *from, int32_t lat_e6,
    int32_t lon_e6)
{
    int32_t least = INT32_MAX;
    for (uint32_t i = 0; i < from->n; i++) {
        int32_t metres = distance_m(from->points[i].lat_e6,
            from->points[i].lon_e6, lat_e6, lon_e6);
        least = metres < least ? metres : least;
    }
    return (uint32_t)least;
}

/*
 * In floats, as no more than the neighbouring hundred depends on it: what
 * distance_m() cuts off is 4 m; the series of the cosine around a point, half
 * the way north, ends with x^5 / 120, below 30 m of the way east; the floats
 * are good for 4 m.  Farther away than that holds for is measured.
 */
void
distance_rings(const struct distance_from *from, const int32_t *lat_e6,
    const int32_t *lon_e6, uint32_t n, uint32_t *rings)
{
    for (uint32_t i = 0; i < n; i += DISTANCE_FOUR) {
        four_int lat, lon;
        __builtin_memcpy(&lat, lat_e6 + i, sizeof(lat));
        __builtin_memcpy(&lon, lon_e6 + i, sizeof(lon));
        if (!too_far(from, lat, lon)) {
            four_int metres = roots_of_four(least_squares(from, lat, lon));
            for (int k = 0; k < DISTANCE_FOUR; k++) {
                rings[i + (uint32_t)k] = ((uint32_t)metres[k] + 50) / 100;
            }
            continue;
        }
        for (uint32_t k = i; k < i + DISTANCE_FOUR; k++) {
            rings[k] = least_distance(from, lat_e6[k], lon_e6[k]) / 100;
        }
    }
}
