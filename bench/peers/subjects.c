/* Subjects and what happens to them, for other people's solvers: reads the file that subjects-file.ts writes, and works on the memory of the equations. */
#include EQUATIONS
#include <stdio.h>
#include <stdlib.h>

enum { INSTANT = 4 }; /* time, slot, whether it adds, value */

static double memory[SLOTS], tolerances[STATES];
static const double *times, *given, *instant;
static const double **subject_starts;
static long subject_count, time_count, instants_left;

static void read_subjects(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) exit(3);
  const long size = ftell(file);
  rewind(file);
  double *all = malloc((size_t)size);
  if (!all || fread(all, 1, (size_t)size, file) != (size_t)size) exit(3);
  fclose(file);
  subject_count = (long)*all++;
  time_count = (long)*all++;
  times = all;
  all += time_count;
  memcpy(tolerances, all, sizeof tolerances);
  all += STATES;
  subject_starts = malloc((size_t)subject_count * sizeof *subject_starts);
  for (long s = 0; s < subject_count; s++) {
    subject_starts[s] = all;
    all += GIVEN + 1 + INSTANT * (long)all[GIVEN];
  }
}

/* the absolute tolerance of a state: what the model says, or a thousandth of the relative one */
static double absolute_tolerance(long state, double relative) {
  return tolerances[state] > 0 ? tolerances[state] : 1e-3 * relative;
}

static double next_instant(void) { return instants_left > 0 ? instant[0] : INFINITY; }

/* does all that is due, on the state in the memory */
static void happen(double time) {
  int changed = 0;
  for (; instants_left > 0 && instant[0] <= time; instant += INSTANT, instants_left--) {
    const long slot = (long)instant[1];
    memory[slot] = instant[2] ? memory[slot] + instant[3] : instant[3];
    changed |= slot < GIVEN;
  }
  if (changed) model_prologue(memory, EVERY);
}

static void begin_subject(long s) {
  given = subject_starts[s];
  instants_left = (long)given[GIVEN];
  instant = given + GIVEN + 1;
  memset(memory, 0, sizeof memory);
  memcpy(memory, given, GIVEN * sizeof *given);
  model_prologue(memory, EVERY);
  model_initialise(memory, EVERY);
  happen(0);
}

static void rates(double time, const double *state, double *slope) {
  memcpy(memory + AT_STATE, state, STATES * sizeof *state);
  memory[AT_NOW] = time;
  model_rates(memory, EVERY);
  memcpy(slope, memory + AT_OUT, STATES * sizeof *slope);
}

/* by columns; what is 0 by structure is left as it is */
static void jacobian(double time, const double *state, double *matrix) {
  memcpy(memory + AT_STATE, state, STATES * sizeof *state);
  memory[AT_NOW] = time;
  model_jacobian(memory, EVERY);
  for (int e = 0; e < ENTRIES; e++) matrix[COLUMN[e] * STATES + ROW[e]] = memory[AT_OUT + e];
}
