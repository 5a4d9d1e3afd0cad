# Writes src/engine/golden/events.json: courses of a model with saturable loss under doses, infusions and a moving covariate, by deSolve.
#
# Run from the repository root: Rscript tools/golden/events.r    (needs deSolve; half a minute)
# A steady state is 600 doses given one after the other from nothing. lsoda goes from one jump to the next and never over one. Each course is
# {case, rows: [[time, depot, central], ...]}; lsodes at the same tolerances must agree to 1e-8.
library(deSolve)

ka <- 0.9
vmax <- 12
km <- 30
past <- 600

# doses: list of (state, at, amount, over); weight: function of (time, start of the segment)
course <- function(doses, looks, weight, breaks, method) {
  ends <- sapply(doses, function(d) d$at + d$over)
  starts <- sapply(doses, function(d) d$at)
  begin <- min(0, starts)
  stops <- sort(unique(c(begin, starts, ends, breaks, looks)))
  stops <- stops[stops <= max(looks)]
  y <- c(0, 0)
  rows <- list()
  for (i in seq_along(stops)) {
    from <- stops[i]
    for (d in doses) if (d$over == 0 && d$at == from) y[d$state] <- y[d$state] + d$amount
    if (from %in% looks) rows[[length(rows) + 1]] <- c(from, y)
    if (i == length(stops)) break
    rate <- c(0, 0)
    for (d in doses) if (d$over > 0 && d$at <= from && from < d$at + d$over) rate[d$state] <- rate[d$state] + d$amount / d$over
    slopes <- function(t, y, p) {
      loss <- vmax * weight(t, from) / 70 * y[2] / (km + y[2])
      list(c(rate[1] - ka * y[1], rate[2] + ka * y[1] - loss))
    }
    y <- ode(y, c(from, stops[i + 1]), slopes, NULL, method = method, rtol = 1e-12, atol = 1e-12)[2, 2:3]
  }
  do.call(rbind, rows)
}

series <- function(state, amount, over, interval, lag) {
  lapply(-past:0, function(k) list(state = state, at = k * interval + lag, amount = amount, over = over))
}
constant <- function(t, from) 70
looks <- seq(0, 24, by = 2)
once <- list(list(state = 1, at = 0, amount = 200, over = 0))
known <- c(0, 10, 24, 36)
weights <- c(70, 90, 60, 75)
late <- seq(0, 48, by = 3)

cases <- list(
  list("steady bolus with a lag of 3", series(1, 100, 0, 12, 3), looks, constant, c()),
  list("steady infusion over 18 every 12", series(2, 90, 18, 12, 0), looks, constant, c()),
  list("steady infusion over 12 every 12 with a lag of 5", series(2, 110, 12, 12, 5), looks, constant, c()),
  list("locf", once, late, function(t, from) weights[findInterval(from, known)], known),
  list("nocb", once, late, function(t, from) weights[min(findInterval(from, known) + 1, 4)], known),
  list("linear", once, late, approxfun(known, weights, rule = 2), known)
)

written <- sapply(cases, function(case) {
  weight <- if (case[[1]] == "linear") function(t, from) case[[4]](t) else case[[4]]
  one <- course(case[[2]], case[[3]], weight, case[[5]], "lsoda")
  two <- course(case[[2]], case[[3]], weight, case[[5]], "lsodes")
  stopifnot(max(abs(one - two) / (1e-3 + abs(one))) < 1e-8)
  rows <- apply(one, 1, function(row) sprintf("[%s]", paste(sprintf("%.12g", row), collapse = ", ")))
  sprintf('  {\n    "case": "%s",\n    "rows": [\n      %s\n    ]\n  }', case[[1]], paste(rows, collapse = ",\n      "))
})
writeLines(c("[", paste(written, collapse = ",\n"), "]"), "src/engine/golden/events.json")
