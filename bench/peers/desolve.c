/* The equations as deSolve wants them of compiled code: rates, Jacobian, and what happens at an instant. */
#define _POSIX_C_SOURCE 200809L
#include SUBJECTS
#include <time.h>

void processor_seconds(double *to) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  *to = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void open_subjects(char **path, int *sizes) {
  read_subjects(*path);
  sizes[0] = (int)subject_count;
  sizes[1] = (int)time_count;
  sizes[2] = STATES;
}

void list_times(double *to) { memcpy(to, times, (size_t)time_count * sizeof *to); }

void list_tolerances(double *relative, double *to) {
  for (long i = 0; i < STATES; i++) to[i] = absolute_tolerance(i, *relative);
}

void start_subject(int *subject, double *state, int *instants) {
  begin_subject(*subject);
  memcpy(state, memory + AT_STATE, STATES * sizeof *state);
  *instants = (int)instants_left;
}

void list_instants(double *to) {
  for (long i = 0; i < instants_left; i++) to[i] = instant[INSTANT * i];
}

void derivatives(int *n, double *t, double *y, double *slope, double *out, int *ip) {
  (void)n, (void)out, (void)ip;
  rates(*t, y, slope);
}

void full_jacobian(int *n, double *t, double *y, int *ml, int *mu, double *matrix, int *rows, double *out, int *ip) {
  (void)n, (void)ml, (void)mu, (void)rows, (void)out, (void)ip;
  jacobian(*t, y, matrix);
}

void at_instant(int *n, double *t, double *y) {
  (void)n;
  memcpy(memory + AT_STATE, y, STATES * sizeof *y);
  happen(*t);
  memcpy(y, memory + AT_STATE, STATES * sizeof *y);
}
