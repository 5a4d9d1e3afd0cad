#!/usr/bin/env python3
"""CKD-EPI 2021 in Python's own arithmetic, for src/clinic/instruments/golden/ckd-epi.json.

Written from the published equations. Run: python3 tools/golden/ckd-epi.py > src/clinic/instruments/golden/ckd-epi.json
"""
import itertools
import json


def creatinine(scr, age, female):
    k, a = (0.7, -0.241) if female else (0.9, -0.302)
    value = 142 * min(scr / k, 1) ** a * max(scr / k, 1) ** -1.200 * 0.9938**age
    return value * 1.012 if female else value


def with_cystatin(scr, scys, age, female):
    k, a = (0.7, -0.219) if female else (0.9, -0.144)
    value = 135 * min(scr / k, 1) ** a * max(scr / k, 1) ** -0.544
    value *= min(scys / 0.8, 1) ** -0.323 * max(scys / 0.8, 1) ** -0.778 * 0.9961**age
    return value * 0.963 if female else value


rows = []
for scr, scys, age, female in itertools.product([0.4, 0.7, 0.9, 1.2, 3.1], [0.5, 0.8, 1.4], [18, 37, 65, 90], [True, False]):
    rows.append([scr, scys, age, "female" if female else "male", creatinine(scr, age, female), with_cystatin(scr, scys, age, female)])
print(json.dumps(rows, indent=0))
