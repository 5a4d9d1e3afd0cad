/* Runs the entries of a generated program on memory images: jobs come on stdin and go back on stdout, all numbers as doubles.
   A job: slots, repeats, calls; each call: which entry, four arguments; then LANES images, one after the other.
   An answer: 1 if it ran to its end, the least CPU seconds of the repeats, the images. Each repeat starts from the images as they came. */
#define _POSIX_C_SOURCE 200809L
#include PROGRAM
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifndef BOUNDS
#include <setjmp.h>
static long memory_slots;
static jmp_buf outside;
#endif

enum { ARGUMENTS = 4, CALL = ARGUMENTS + 1 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int take(double *to, size_t count) { return fread(to, sizeof *to, count, stdin) == count; }

static void *reserve(size_t bytes) {
  void *memory = NULL;
  if (posix_memalign(&memory, 64, bytes + 64)) exit(3);
  return memory;
}

static void interleave(real *memory, const double *images, long slots) {
  for (long slot = 0; slot < slots; slot++)
    for (int l = 0; l < LANES; l++) LANE(memory[slot], l) = images[l * slots + slot];
}

int main(void) {
  double head[3];
  while (take(head, 3)) {
    const long slots = (long)head[0], repeats = (long)head[1], calls = (long)head[2];
    const size_t size = (size_t)slots * LANES;
    double *list = reserve((size_t)calls * CALL * sizeof *list), *images = reserve(size * sizeof *images);
    real *memory = reserve(size * sizeof(double));
    if (!take(list, (size_t)calls * CALL) || !take(images, size)) return 2;
    double answer[2] = {1, INFINITY};
    memory_slots = slots;
    if (setjmp(outside))
      answer[0] = 0;
    else
      for (volatile long r = 0; r < repeats; r++) {
        interleave(memory, images, slots);
        const double start = seconds();
        for (long c = 0; c < calls; c++) entries[(long)list[c * CALL]](memory, list + c * CALL + 1);
        const double taken = seconds() - start;
        if (taken < answer[1]) answer[1] = taken;
      }
    for (long slot = 0; slot < slots; slot++)
      for (int l = 0; l < LANES; l++) images[l * slots + slot] = LANE(memory[slot], l);
    if (fwrite(answer, sizeof *answer, 2, stdout) != 2 || fwrite(images, sizeof *images, size, stdout) != size) return 2;
    free(list);
    free(images);
    free(memory);
  }
  return fflush(stdout) ? 2 : 0;
}
