# Writes src/stats/golden/meta.json: effect sizes, meta-analyses and regressions of published data sets, by metafor.
#
# Run from the repository root: Rscript tools/golden/meta.r    (needs the Debian package r-cran-metafor, and jsonlite)
# The iterations of metafor are asked for far more digits than they give by default; what is left of them is compared to 1e-6.
suppressMessages({ library(metafor); library(jsonlite) })

steps <- list(threshold = 1e-13, maxiter = 100000, tol = 1e-13)
# Where its scoring steps swing to and fro it is given shorter ones.
pool <- function(...) {
  for (size in c(1, 0.5, 0.1)) {
    fit <- tryCatch(suppressWarnings(rma(..., control = c(steps, stepadj = size))), error = function(fault) NULL)
    if (!is.null(fit)) return(fit)
  }
  stop("metafor finds no fit")
}
methods <- c("FE", "DL", "HE", "REML", "ML", "PM", "SJ", "HS", "EB")
measured <- function(data, measure, ...) {
  columns <- lapply(as.list(substitute(list(...)))[-1], eval, data)
  found <- do.call(escalc, c(list(measure = measure), columns))
  keep <- !is.na(found$yi)
  list(yi = as.numeric(found$yi)[keep], vi = as.numeric(found$vi)[keep])
}

# Data sets as metafor brings them: Colditz 1994, Normand 1999, Raudenbush 1985, McDaniel 1994 (first 30), Pritz 1997, Hart 1999, Niel-Weise 2007 and 2008
bcg <- dat.bcg; bcg$ai <- bcg$tpos; bcg$n1i <- bcg$tpos + bcg$tneg; bcg$ci <- bcg$cpos; bcg$n2i <- bcg$cpos + bcg$cneg
stays <- dat.normand1999; teachers <- dat.raudenbush1985; teachers <- teachers[!is.na(teachers$yi), ]
interviews <- dat.mcdaniel1994[1:30, ]; shunts <- dat.pritz1997; catheters <- dat.nielweise2007; infections <- dat.nielweise2008
strokes <- dat.hart1999

effects <- list(
  MD = measured(stays, "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i),
  SMD = measured(stays, "SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i),
  RR = measured(catheters, "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i),
  OR = measured(catheters, "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i),
  RD = measured(catheters, "RD", ai = ai, n1i = n1i, ci = ci, n2i = n2i, add = 1/2, to = "only0"),
  PLO = measured(shunts, "PLO", xi = xi, ni = ni), PAS = measured(shunts, "PAS", xi = xi, ni = ni), PFT = measured(shunts, "PFT", xi = xi, ni = ni),
  IRLN = measured(infections, "IRLN", xi = x1i, ti = t1i),
  IRR = measured(infections, "IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i),
  IRD = measured(infections, "IRD", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, add = 1/2, to = "only0"),
  COR = measured(interviews, "COR", ri = ri, ni = ni), ZCOR = measured(interviews, "ZCOR", ri = ri, ni = ni))
inputs <- list(
  stays = stays[, c("n1i", "m1i", "sd1i", "n2i", "m2i", "sd2i")], catheters = catheters[, c("ai", "n1i", "ci", "n2i")],
  shunts = shunts[, c("xi", "ni")], infections = infections[, c("x1i", "t1i", "x2i", "t2i")], interviews = interviews[, c("ri", "ni")])
inputs <- lapply(inputs, function(frame) unname(as.matrix(frame)))

bounds <- function(low, high) c(as.numeric(low), as.numeric(high))
told <- function(fit, level = 95) {
  found <- list(
    k = fit$k, coefficients = as.numeric(fit$beta), se = as.numeric(fit$se), lo = as.numeric(fit$ci.lb), hi = as.numeric(fit$ci.ub),
    p = as.numeric(fit$pval), tau2 = fit$tau2, I2 = fit$I2, H2 = fit$H2, Q = fit$QE, Qp = fit$QEp)
  if (fit$p > 1) found <- c(found, list(QM = fit$QM, QMp = fit$QMp))
  if (fit$method != "FE" && fit$p == 1) {
    predicted <- predict(fit)
    found$pi <- bounds(predicted$pi.lb, predicted$pi.ub)
  }
  if (fit$method != "FE") {
    profile <- confint(fit, control = list(tol = 1e-13, maxiter = 10000, tau2.max = 1e6))$random
    found$tau2Ci <- bounds(profile["tau^2", "ci.lb"], profile["tau^2", "ci.ub"])
  }
  found
}

bcgEffects <- measured(bcg, "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i)
sets <- list(
  bcg = bcgEffects, teachers = list(yi = as.numeric(teachers$yi), vi = as.numeric(teachers$vi)), stays = effects$MD, interviews = effects$ZCOR,
  strokes = measured(strokes, "IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i), alike = list(yi = c(0.1, 0.11, 0.09, 0.1), vi = c(0.1, 0.2, 0.05, 0.3)),
  two = list(yi = c(0.2, 1.4), vi = c(0.05, 0.09)), uneven = list(yi = c(0.02, 0.5, -0.3, 1.8, 0.7), vi = c(1e-4, 0.4, 2, 0.05, 10)))
pools <- list()
for (name in names(sets)) for (method in methods) for (test in c("z", "knha", "adhoc")) {
  fit <- pool(sets[[name]]$yi, sets[[name]]$vi, method = method, test = test)
  pools <- c(pools, list(c(list(set = name, method = method, test = test), told(fit))))
}

moderators <- list(
  bcg = list(ablat = as.numeric(bcg$ablat), year = as.numeric(bcg$year), random = as.numeric(bcg$alloc == "random")),
  teachers = list(weeks = as.numeric(teachers$weeks)))
regressions <- list()
for (name in names(moderators)) for (method in methods) for (test in c("z", "knha")) {
  fit <- pool(sets[[name]]$yi, sets[[name]]$vi, mods = do.call(cbind, moderators[[name]]), method = method, test = test)
  regressions <- c(regressions, list(c(list(set = name, method = method, test = test), told(fit))))
}

# What is built from several fits
whole <- lapply(sets[c("bcg", "teachers", "stays", "interviews")], function(set) rma(set$yi, set$vi, method = "DL"))
oneByOne <- lapply(whole, function(fit) { out <- leave1out(fit); list(estimate = out$estimate, se = out$se, tau2 = out$tau2, Q = out$Q) })
inOrder <- lapply(whole, function(fit) { out <- cumul(fit); list(estimate = out$estimate, se = out$se, tau2 = out$tau2) })
asymmetry <- lapply(whole, function(fit) {
  line <- summary(regtest(fit, model = "lm")$fit)$coefficients
  list(limit = line[1, 1], slope = line[2, 1], se = line[2, 2], t = line[2, 3], p = line[2, 4])
})
filled <- lapply(whole, function(fit) {
  out <- trimfill(fit)
  list(side = out$side, missing = out$k0, estimate = as.numeric(out$beta), se = out$se, tau2 = out$tau2)
})
alloc <- as.character(bcg$alloc)
apart <- lapply(unique(alloc), function(group) rma(bcgEffects$yi, bcgEffects$vi, subset = alloc == group, method = "DL"))
between <- rma(sapply(apart, function(fit) fit$beta), sapply(apart, function(fit) fit$se^2), mods = ~ factor(unique(alloc)), method = "FE")
subgroups <- list(groups = alloc, estimates = sapply(apart, function(fit) as.numeric(fit$beta)), Q = between$QM, p = between$QMp)

rare <- list()
for (name in c("bcg", "catheters")) for (measure in c("OR", "RR", "RD", "PETO")) {
  data <- get(name)
  fit <- if (measure == "PETO") rma.peto(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = data)
         else rma.mh(measure = measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = data)
  rare <- c(rare, list(list(set = name, measure = measure, estimate = as.numeric(fit$beta), se = fit$se, p = fit$pval, Q = fit$QE, Qp = fit$QEp)))
}
inputs$bcg <- unname(as.matrix(bcg[, c("ai", "n1i", "ci", "n2i")]))

golden <- list(
  versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor"))), inputs = inputs, effects = effects, sets = sets,
  moderators = moderators, pools = pools, regressions = regressions, oneByOne = oneByOne, inOrder = inOrder, asymmetry = asymmetry, filled = filled,
  subgroups = subgroups, rare = rare)
writeLines(toJSON(golden, digits = NA, auto_unbox = TRUE, na = "null", null = "null"), "src/stats/golden/meta.json")
cat(length(pools), "pools,", length(regressions), "regressions\n")
