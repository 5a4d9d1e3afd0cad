// What each word of the generated C means: for one lane on plain doubles, for more on vectors, compiled by `-DLANES=8`. With `-DBOUNDS`, a slot outside
// the memory ends the run as it does in WASM. Nothing is fused if compiled by `-ffp-contract=off`, so that the bits are those of the other backends.

import { MAX_SLOTS } from '../../ir/nodes.ts'

export const PRELUDE = `#include <math.h>
#include <stdint.h>
#include <string.h>
#ifndef LANES
#define LANES 1
#endif
#if LANES == 1
typedef double real;
typedef uint64_t word;
typedef int64_t offset;
typedef int truth;
#define EVERY 1
#define LANE(x, l) x
static inline real number(double x) { return x; }
static inline word bits(real x) { word w; memcpy(&w, &x, sizeof w); return w; }
static inline real of_bits(word w) { real x; memcpy(&x, &w, sizeof x); return x; }
static inline truth negated(truth t) { return !t; }
static inline int any(truth t) { return t; }
static inline real choose(truth t, real a, real b) { return t ? a : b; }
static inline real blend(truth mask, real a, real b) { (void)mask; (void)b; return a; }
#else
typedef double real __attribute__((vector_size(8 * LANES)));
typedef uint64_t word __attribute__((vector_size(8 * LANES)));
typedef int64_t offset __attribute__((vector_size(8 * LANES)));
typedef int64_t truth __attribute__((vector_size(8 * LANES)));
#define EVERY ((truth){} == (truth){})
#define LANE(x, l) (x)[l]
static inline real number(double x) { return x - (real){}; }
static inline word bits(real x) { return (word)x; }
static inline real of_bits(word w) { return (real)w; }
static inline truth negated(truth t) { return ~t; }
static inline int any(truth t) { int64_t some = 0; for (int l = 0; l < LANES; l++) some |= t[l]; return some != 0; }
static inline real choose(truth t, real a, real b) { return (real)((t & (truth)a) | (~t & (truth)b)); }
static inline real blend(truth mask, real a, real b) { return choose(mask, a, b); }
#endif

static inline int none(truth t) { return !any(t); }
static inline real argument(const double *list, long at) { return number(list[at]); }
static inline truth less(real a, real b) { return a < b; }
static inline truth less_equal(real a, real b) { return a <= b; }
static inline truth equal(real a, real b) { return a == b; }
static inline real absolute(real a) { return of_bits(bits(a) & INT64_MAX); }
/* -0 is smaller than 0; NaN if either is */
static inline real least(real a, real b) {
  const real differing = choose(a < b, a, b);
  return choose((a == a) & (b == b), choose(a == b, of_bits(bits(a) | bits(b)), differing), a + b);
}
static inline real greatest(real a, real b) {
  const real differing = choose(a < b, b, a);
  return choose((a == a) & (b == b), choose(a == b, of_bits(bits(a) & bits(b)), differing), a + b);
}
static inline real square_root(real a) { for (int l = 0; l < LANES; l++) LANE(a, l) = sqrt(LANE(a, l)); return a; }
static inline real round_down(real a) { for (int l = 0; l < LANES; l++) LANE(a, l) = floor(LANE(a, l)); return a; }
/* a sum near 1.5 2^52 has the whole number in its lowest bits */
static inline real power_of_two(real n) { return of_bits(bits(n + 6755399441056767.0) << 52); }
static inline real exponent_of(real x) { return of_bits(bits(x) >> 52 | 0x433ull << 52) - 4503599627371519.0; }
static inline real significand_of(real x) { return of_bits((bits(x) & ((1ull << 52) - 1)) | 0x3ffull << 52); }

#define BEYOND ${MAX_SLOTS + 1}
/* the whole part of a pointer; of a lane that is not meant, 0 */
static inline offset whole_part(real p, truth mask) {
  offset o = {0};
  for (int l = 0; l < LANES; l++)
    LANE(o, l) = LANE(mask, l) && LANE(p, l) >= 1 ? (int64_t)(LANE(p, l) < BEYOND ? LANE(p, l) : BEYOND) : 0;
  return o;
}

#ifdef BOUNDS
#include <setjmp.h>
static long memory_slots;
static jmp_buf outside;
static inline long checked(long slot) { if (slot >= memory_slots) longjmp(outside, 1); return slot; }
#else
static inline long checked(long slot) { return slot; }
#endif
static inline real load(const real *memory, long slot) { return memory[checked(slot)]; }
static inline void store(real *memory, long slot, real x, truth mask) {
  real *const there = memory + checked(slot);
  *there = blend(mask, x, *there);
}
static inline real gather(const real *memory, long base, offset o) {
  real x = number(0);
  for (int l = 0; l < LANES; l++) LANE(x, l) = LANE(memory[checked(base + LANE(o, l))], l);
  return x;
}
static inline void scatter(real *memory, long base, offset o, real x, truth mask) {
  for (int l = 0; l < LANES; l++)
    if (LANE(mask, l)) LANE(memory[checked(base + LANE(o, l))], l) = LANE(x, l);
}
`
