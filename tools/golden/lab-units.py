#!/usr/bin/env python3
"""Conversions of laboratory values, in exact fractions from atomic weights and powers of ten, for src/clinic/lab-units/golden/lab-units.json.

Written from the meaning of each unit, not from any table of Imago. Run: python3 tools/golden/lab-units.py > src/clinic/lab-units/golden/lab-units.json
"""
import json
from fractions import Fraction as F

# IUPAC standard atomic weights, abridged to five digits
C, H, N, O = F("12.011"), F("1.008"), F("14.007"), F("15.999")
CREATININE = 4 * C + 7 * H + 3 * N + O  # g/mol
HAEM_SHARE = F("64458") / 4  # g/mol of haemoglobin A, per haem

milli, micro = F(1, 1000), F(1, 10**6)
DL = F(1, 10)  # L
DAY_OF_WEEK = F(1, 7)

# analyte, unit as written, factor into the unit of the analyte
ROWS = [
    ("creatinine", "umol/L", micro * CREATININE / milli * DL),  # mg/dL
    ("creatinine", "µmol/l", micro * CREATININE / milli * DL),
    ("creatinine", "mmol/L", milli * CREATININE / milli * DL),
    ("creatinine", "mg/L", DL),
    ("upcr", "mg/g", milli),  # g/g
    ("upcr", "mg/mmol", milli / (milli * CREATININE)),
    ("upcr", "g/mol", 1 / CREATININE),
    ("upcr", "g/mmol", 1 / (milli * CREATININE)),
    ("protein", "mg/24h", milli),  # g/d
    ("protein", "g/(24.h)", F(1)),
    ("protein", "mg/day", milli),
    ("c3", "g/L", 1 / milli * DL),  # mg/dL
    ("c4", "mg/dl", F(1)),
    ("haemoglobin", "g/L", DL),  # g/dL
    ("haemoglobin", "mmol/L", milli * HAEM_SHARE * DL),
    ("platelets", "/uL", F(1, 1000)),  # 10^9/L
    ("platelets", "10^3/µL", F(1)),
    ("platelets", "G/L", F(1)),
    ("platelets", "K/uL", F(1)),
    ("platelets", "/mm3", F(1, 1000)),
    ("platelets", "×10⁹/L", F(1)),
    ("platelets", "cells/uL", F(1, 1000)),
    ("leucocytes", "10*6/L", F(1, 1000)),
    ("dsdna", "[IU]/mL", F(1)),  # IU/mL
    ("dsdna", "kIU/L", F(1)),
    ("egfr", "mL/min/1.73m2", F(1)),
    ("prednisone", "mg/wk", DAY_OF_WEEK),  # mg/d
    ("weight", "g", milli),  # kg
]
VALUES = ["1", "0.5", "88.4", "7.25", "123456"]

print(json.dumps([[a, u, float(F(v)), float(F(v) * f)] for a, u, f in ROWS for v in VALUES], indent=0, ensure_ascii=False))
