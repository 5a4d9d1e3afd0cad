/* CVODE with Newton's method, a dense matrix and the Jacobian as a formula: each subject from instant to instant, rows by its own interpolation.
   Arguments: the subjects, the rows to write, the relative tolerance. Prints seconds on the processor and the most memory it had. */
#define _POSIX_C_SOURCE 200809L
#include SUBJECTS
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sys/resource.h>
#include <time.h>

static int right_hand_side(sunrealtype t, N_Vector y, N_Vector slope, void *unused) {
  (void)unused;
  rates(t, N_VGetArrayPointer(y), N_VGetArrayPointer(slope));
  return 0;
}

static int matrix(sunrealtype t, N_Vector y, N_Vector f, SUNMatrix j, void *unused, N_Vector a, N_Vector b, N_Vector c) {
  (void)f, (void)unused, (void)a, (void)b, (void)c;
  jacobian(t, N_VGetArrayPointer(y), SUNDenseMatrix_Data(j));
  return 0;
}

static void must(int flag) {
  if (flag < 0) {
    fprintf(stderr, "CVODE failed with %d\n", flag);
    exit(4);
  }
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void carry(void *solver, N_Vector y, double *rows) {
  double *state = N_VGetArrayPointer(y);
  const double end = times[time_count - 1];
  double t = 0;
  long row = 0;
  memcpy(state, memory + AT_STATE, STATES * sizeof *state);
  must(CVodeReInit(solver, 0, y));
  while (row < time_count) {
    const double stop = next_instant() < end ? next_instant() : end;
    must(CVodeSetStopTime(solver, stop));
    for (; row < time_count && times[row] <= stop; row++) {
      must(CVode(solver, times[row], y, &t, CV_NORMAL));
      memcpy(rows + row * STATES, state, STATES * sizeof *state);
    }
    if (row == time_count) break;
    if (t < stop) must(CVode(solver, stop, y, &t, CV_NORMAL));
    memcpy(memory + AT_STATE, state, STATES * sizeof *state);
    happen(stop);
    memcpy(state, memory + AT_STATE, STATES * sizeof *state);
    must(CVodeReInit(solver, stop, y));
  }
}

int main(int count, char **args) {
  if (count != 4) return 1;
  read_subjects(args[1]);
  const double relative = atof(args[3]);
  const size_t size = (size_t)(subject_count * time_count) * STATES;
  double *rows = calloc(size, sizeof *rows);
  SUNContext context;
#if SUNDIALS_VERSION_MAJOR >= 7
  SUNContext_Create(SUN_COMM_NULL, &context);
#else
  SUNContext_Create(NULL, &context);
#endif
  N_Vector y = N_VNew_Serial(STATES, context), absolute_ones = N_VNew_Serial(STATES, context);
  for (long i = 0; i < STATES; i++) N_VGetArrayPointer(absolute_ones)[i] = absolute_tolerance(i, relative);
  SUNMatrix a = SUNDenseMatrix(STATES, STATES, context);
  SUNLinearSolver linear = SUNLinSol_Dense(y, a, context);
  void *solver = CVodeCreate(CV_BDF, context);
  N_VConst(1, y);
  must(CVodeInit(solver, right_hand_side, 0, y));
  must(CVodeSVtolerances(solver, relative, absolute_ones));
  must(CVodeSetLinearSolver(solver, linear, a));
  must(CVodeSetJacFn(solver, matrix));
  must(CVodeSetMaxNumSteps(solver, 100000000));
  const double start = seconds();
  for (long s = 0; s < subject_count; s++) {
    begin_subject(s);
    carry(solver, y, rows + s * time_count * STATES);
  }
  const double taken = seconds() - start;
  FILE *file = fopen(args[2], "wb");
  if (!file || fwrite(rows, sizeof *rows, size, file) != size || fclose(file)) return 2;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%.9f %ld\n", taken, usage.ru_maxrss * 1024);
  return 0;
}
