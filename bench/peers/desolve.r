# lsoda of deSolve with compiled rates and compiled events. Arguments: the compiled library, whose Jacobian (formula, differences), the subjects, the rows
# to write, the relative tolerance. Prints seconds on the processor and the most memory it had.
suppressPackageStartupMessages(library(deSolve))
given <- commandArgs(TRUE)
dyn.load(given[1])
name <- sub("[.]so$", "", basename(given[1]))
formula <- given[2] == "formula"
relative <- as.numeric(given[5])
sizes <- .C("open_subjects", given[3], sizes = integer(3))$sizes
times <- .C("list_times", times = double(sizes[2]))$times
absolute <- .C("list_tolerances", relative, absolute = double(sizes[3]))$absolute
seconds <- function() .C("processor_seconds", now = double(1))$now
rows <- vector("list", sizes[1])
taken <- 0
for (subject in seq_len(sizes[1])) {
  begun <- .C("start_subject", as.integer(subject - 1), state = double(sizes[3]), instants = integer(1))
  instants <- unique(.C("list_instants", instants = double(begun$instants))$instants)
  instants <- instants[instants < max(times)]
  all <- sort(unique(c(0, times, instants)))
  events <- if (length(instants) > 0) list(func = "at_instant", time = instants)
  before <- seconds()
  found <- lsoda(begun$state, all, func = "derivatives", parms = NULL, dllname = name,
                 jacfunc = if (formula) "full_jacobian", jactype = if (formula) "fullusr" else "fullint",
                 rtol = relative, atol = absolute, hmax = 0, maxsteps = 1e8, events = events)
  taken <- taken + seconds() - before
  if (attr(found, "istate")[1] < 0) stop("lsoda gave up")
  rows[[subject]] <- t(found[all %in% times, -1])
}
writeBin(unlist(rows), given[4])
peak <- as.numeric(sub(".*?([0-9]+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
cat(sprintf("%.9f %.0f\n", taken, 1024 * peak))
