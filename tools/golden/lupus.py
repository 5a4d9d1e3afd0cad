"""Writes tests/lupus/golden/right-hand-side.json: rates of change of the exploratory lupus model at drawn states, parameters and inputs.

Run from the repository root: python3 tools/golden/lupus.py PATH-TO-THE-PROTOTYPE    (needs numpy and scipy; seconds)
The prototype is the throw-away script behind the plan of the model. Where the plan's equations or its later findings outrank it, its text is
changed before it is run (PATCHES, each with its reason); nothing of it enters the file but numbers. The file holds {parameters, inputs, states: names
in the library's model; fixed: parameters at the plan's first values; cases: [[parameters], [inputs], [state], [rates]]}.
"""
import json
import sys
from pathlib import Path

import numpy as np

# What the plan changed: the prototype's text, what stands in its place, and why.
PATCHES = [
    (
        "Eg=gc(u.get('gc',0.))",
        "net=max(u['gc']-p['gc_replaced'],0.); Eg=p['gc_emax']*net/(net+p['gc_half'])",
        'section 2.5: a steroid curve net of cortisol',
    ),
    (
        'licB=min(1.,max(CY-1,0)/1.5)',
        'licB=min(1.,max(CY-1,0)/1.8)',
        'section 3.2 has one scale of cytokines above health, 1.8, and wins over the prototype in licensing',
    ),
    (
        '(1+p[\'rI\']*.5)/1.65/p[\'KR\']',
        '(1+p[\'rI\']*.5)/(1+p[\'dF\']+p[\'dC\'])/p[\'KR\']',
        'the gain of T cells is solved for the drawn parameters: 1.65 is 1 + dF + dC at their usual values',
    ),
]

LN2 = np.log(2)
YEAR = 365.25 / 365  # the prototype's year has 365 days

# Parameters of the library's model, drawn around the prototype's values: name, symbol there, value here from the value there, and the way back.
same = (lambda v: v, lambda v: v)
half_life = (lambda v: LN2 / v, lambda v: LN2 / v)
transit = (lambda v: 24 * 4 / v, lambda v: 24 * 4 / v)
DRAWN = [
    ('triggers.half_life', 'kQ', half_life),
    ('loop.rho', 'rho', same),
    ('loop.scale', 'rs', same),
    ('loop.memory_half_life', 'kM', half_life),
    ('loop.memory_free', 'm0', same),
    ('loop.memory_half', 'KM', same),
    ('antigen.turnover', 'kA', same),
    ('antigen.release', 'aN', same),
    ('antigen.tissue_release', 'aD', same),
    ('antigen.clearance_by_complement', 'phiA', same),
    ('interferon.pdc_turnover', 'kP', same),
    ('interferon.half_drive', 'KP', same),
    ('interferon.steepness', 'nP', same),
    ('interferon.turnover', 'kF', same),
    ('interferon.gain', 'bF', same),
    ('cytokines.turnover', 'kC', same),
    ('cytokines.from_complexes', 'cI', same),
    ('cytokines.from_t_cells', 'cT', same),
    ('cytokines.from_interferon', 'cF', same),
    ('t_cells.half_life', 'kTe', half_life),
    ('t_cells.half_drive', 'KT', same),
    ('t_cells.steepness', 'nT', same),
    ('t_cells.interferon_free', 'fT', same),
    ('t_cells.treg_half', 'KR', same),
    ('t_cells.treg_steepness', 'nR', same),
    ('t_cells.leak', 't0', same),
    ('t_cells.treg_induction', 'rI', same),
    ('t_cells.treg_half_life', 'kTr', half_life),
    ('t_cells.treg_fall_by_interferon', 'dF', same),
    ('t_cells.treg_fall_by_cytokines', 'dC', same),
    ('b_cells.naive_turnover', 'kBn', same),
    ('b_cells.naive_normal', 'Bn0', same),
    ('b_cells.baff_half', 'KBf', same),
    ('b_cells.turnover', 'kBa', same),
    ('b_cells.half_drive', 'KB', same),
    ('b_cells.steepness', 'nB', same),
    ('b_cells.interferon_free', 'fBx', same),
    ('b_cells.leak', 'b0', same),
    ('b_cells.baff_turnover', 'kBf', same),
    ('b_cells.baff_normal', 'BAFFh', same),
    ('plasma_cells.blast_half_life', 'kPb', half_life),
    ('plasma_cells.long_half_life', 'kPL', half_life),
    ('plasma_cells.normal_half_life', 'kPN', half_life),
    ('antibodies.half_life', 'kAb', half_life),
    ('antibodies.from_blasts', 'aS', same),
    ('antibodies.from_long_lived', 'aL', same),
    ('antibodies.basal', 'a0', same),
    ('antibodies.complex_turnover', 'kIC', same),
    ('antibodies.clearance_by_complement', 'phiIC', same),
    ('antibodies.igg_normal', 'IgGh', same),
    ('antibodies.igg_half_life', 'kIgG', half_life),
    ('complement.c3_turnover', 'kC3', same),
    ('complement.c3_normal', 'C3h', same),
    ('complement.c3_eaten', 'c3', same),
    ('complement.c4_turnover', 'kC4', same),
    ('complement.c4_normal', 'C4h', same),
    ('complement.c4_eaten', 'c4', same),
    ('complement.depression', 'syn', same),
    ('kidney.susceptibility', 'wK', same),
    ('kidney.half_life', 'kIK', half_life),
    ('kidney.injury_half_life', 'kinj', half_life),
    ('kidney.repair_half_life', 'krep', half_life),
    ('kidney.upcr_of_injury', 'U', same),
    ('kidney.nephron_loss', 'kage', same),
    ('kidney.nephron_loss_inflamed', 'kN', same),
    ('kidney.nephron_loss_proteinuric', 'kU', same),
    ('organs.skin_susceptibility', 'wsk', same),
    ('organs.joint_susceptibility', 'wjo', same),
    ('organs.serosa_susceptibility', 'wse', same),
    ('organs.lung_susceptibility', 'wlu', same),
    ('organs.neuro_susceptibility', 'wne', same),
    ('organs.mucosa_susceptibility', 'wmu', same),
    ('organs.skin_half_life', 'ksk', half_life),
    ('organs.joint_half_life', 'kjo', half_life),
    ('organs.serosa_half_life', 'kse', half_life),
    ('organs.lung_half_life', 'klu', half_life),
    ('organs.neuro_half_life', 'kne', half_life),
    ('organs.mucosa_half_life', 'kmu', half_life),
    ('organs.by_interferon', 'fI', same),
    ('blood.haemoglobin_normal', 'Hb0', same),
    ('blood.red_half_life', 'kHb', half_life),
    ('blood.neutrophil_transit', 'ktrN', transit),
    ('blood.neutrophil_feedback', 'gN', same),
    ('blood.neutrophil_loss', 'kcN', same),
    ('blood.neutrophils_normal', 'ANC0', same),
    ('blood.neutrophil_destruction', 'lN', same),
    ('blood.platelet_transit', 'ktrP', transit),
    ('blood.platelet_feedback', 'gP', same),
    ('blood.platelets_normal', 'PLT0', same),
    ('blood.platelet_destruction', 'lP', same),
    ('lymphocytes.cd4_normal', 'CD4h', same),
    ('lymphocytes.cd8_normal', 'CD8h', same),
    ('lymphocytes.nk_normal', 'NKh', same),
    ('lymphocytes.cd4_half_life', 'kCD4', half_life),
    ('lymphocytes.cd8_half_life', 'kCD8', half_life),
    ('lymphocytes.nk_half_life', 'kNK', half_life),
    ('hydroxychloroquine.half_life', 'kHCQ', half_life),
    ('hydroxychloroquine.half_level', 'EC50hcq', same),
    ('hydroxychloroquine.emax', 'EmH', same),
    ('mycophenolate.half_level', 'ic50mpa', same),
    ('prednisone.emax', 'gc_emax', same),
    ('prednisone.replaced', 'gc_replaced', same),
    ('prednisone.half_dose', 'gc_half', same),
    ('msc.lung_death', 'kLd', same),
    ('msc.lung_leaving', 'kLS', same),
    ('msc.body_death', 'kSd', same),
    ('msc.effect_half_life', 'kEo', half_life),
    ('msc.build_up', 'kE', (lambda v: 6 * v, lambda v: v / 6)),
    ('msc.half_effect', 'EC50m', same),
    ('msc.treg_rise', 'trM', same),
    ('msc.emax_t', 'EmT', same),
    ('msc.emax_b', 'EmB', same),
    ('msc.emax_cytokines', 'EmC', same),
    ('msc.potency', 'potency', same),
    ('msc.mismatch', 'hla', same),
    ('msc.rejection_gain', 'kR1', same),
    ('msc.rejection_half_life', 'kRo', half_life),
    ('msc.rejection_kill', 'kRej', same),
    ('damage.by_itself', 'd0', (lambda v: v * 365.25, lambda v: v / 365.25)),
    ('damage.by_activity', 'dA', (lambda v: v * YEAR, lambda v: v / YEAR)),
]
SHARES = {'phiA', 'phiIC', 'm0', 'fT', 'fBx', 'syn', 'fI', 'EmH', 'EmT', 'EmB', 'EmC'}  # stay between 0 and 1
EXTRA = {'gc_emax': 1.1, 'gc_replaced': 1.5, 'gc_half': 20.0, 'lP': 0.2, 'wK': 0.8}  # not in the prototype, or 0 there

# What section 3 has, or what the prototype has in its text, where the library's default is another.
FIXED = {
    'organs.memory_share': 0,
    'kidney.memory_share': 0,
    'kidney.steroid_emax': 0.6,
    'kidney.mycophenolate_emax': 0,
    'blood.platelets_hit': 1,
    'loop.noise_sd': 0.22,
    'organs.noise_sd': 0.5,
    'damage.by_prednisone': 0.006 * YEAR,
    'hazards.infection_base': 0.045 * YEAR,
    'lymphocytes.withdrawn': 0,
    'msc.scale': 1,
}

# States of the prototype by their names in the library's model.
STATES = {
    'Q': 'triggers.pool', 'A': 'antigen.level', 'P': 'interferon.pdc', 'F': 'interferon.signature', 'CY': 'cytokines.pool',
    'Te': 't_cells.activated', 'Tr': 't_cells.regulatory', 'Mm': 'loop.memory', 'Bn': 'b_cells.naive', 'Ba': 'b_cells.autoreactive',
    'BAFF': 'b_cells.baff', 'Pb': 'plasma_cells.blasts', 'PL': 'plasma_cells.long_lived', 'PN': 'plasma_cells.others',
    'Ab': 'antibodies.level', 'IC': 'antibodies.immune_complexes', 'IgG': 'antibodies.igg_level', 'C3': 'complement.c3_level',
    'C4': 'complement.c4_level', 'IK': 'kidney.inflammation', 'UP': 'kidney.injured', 'NF': 'kidney.nephrons',
    'Isk': 'organs.in_skin', 'Ijo': 'organs.in_joints', 'Ise': 'organs.in_serosa', 'Ilu': 'organs.in_lung', 'Ine': 'organs.in_nerves',
    'Imu': 'organs.in_mucosa', 'Hb': 'blood.haemoglobin_level', 'n0': 'blood.neutrophil_source', 'n1': 'blood.neutrophil_chain[1]',
    'n2': 'blood.neutrophil_chain[2]', 'n3': 'blood.neutrophil_chain[3]', 'ANC': 'blood.circulating', 'p0': 'blood.platelet_source',
    'p1': 'blood.platelet_chain[1]', 'p2': 'blood.platelet_chain[2]', 'p3': 'blood.platelet_chain[3]', 'PLT': 'blood.platelet_count',
    'SDI': 'damage.index', 'GCc': 'prednisone.taken', 'ML': 'msc.lung', 'MS': 'msc.body', 'EM': 'msc.effect', 'R': 'msc.alloimmunity',
    'CD4': 'lymphocytes.cd4_count', 'CD8': 'lymphocytes.cd8_count', 'NK': 'lymphocytes.nk_count', 'HCQ': 'hydroxychloroquine.level',
    'Hinf': 'hazards.infections',
}  # fmt: skip
# Left out: THY is a function of age (section 3.3); Hdth because section 3.3 gives death another hazard; antibodies, ATG and azathioprine are not in
# the library's model yet, and absent here.

ORGANS = ['kidney', 'skin', 'joint', 'serosa', 'lung', 'neuro', 'mucosa']
INPUTS = ['prednisone', 'hydroxychloroquine', 'mycophenolate', 'gain_noise', *(f'{organ}_noise' for organ in ORGANS)]
FED = ['person.years', 'prednisone.daily', 'mycophenolate.level']  # states of the library's model that the prototype has as inputs


def load(path):
    text = Path(path).read_text()
    for old, new, _ in PATCHES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    prototype = {}
    exec(compile(text, path, 'exec'), prototype)
    return prototype


def rounded(x):
    """Few digits, so that the file stays small; what is rounded is used on both sides."""
    return float(f'{x:.4g}')


def draw_parameters(rng, prototype):
    """The prototype's parameters, and those of the library's model."""
    values = {**prototype['P0'], **EXTRA}
    ours = []
    for _, symbol, (to, back) in DRAWN:
        spread = rng.normal()
        v = values[symbol]
        drawn = 1 / (1 + (1 - v) / v * np.exp(-0.5 * spread)) if symbol in SHARES else v * np.exp(0.25 * spread)
        ours.append(rounded(to(drawn)))
        values[symbol] = back(ours[-1])
    return prototype['calib'](values), ours


def draw_state(rng, prototype, p):
    """Between health and activity, each state apart by a third; cells and triggers in half of the draws."""
    y = dict(zip(prototype['S'], prototype['y0'](p, rng.uniform())))
    given = rng.uniform() < 0.5
    for name in ('Q', 'ML', 'MS', 'EM', 'R'):
        y[name] = rng.exponential() if given else 0
    for name, weight in (('Isk', 'wsk'), ('Ijo', 'wjo'), ('Ise', 'wse'), ('Ilu', 'wlu'), ('Ine', 'wne'), ('Imu', 'wmu')):
        y[name] = p[weight] * rng.uniform()
    y['UP'] = rng.uniform(0, 4)
    y['NF'] = rng.uniform(0.2, 1)
    y['HCQ'] = rng.uniform(0, 1.5)
    y['SDI'], y['GCc'] = rng.uniform(0, 4), rng.uniform(0, 1e4)
    for name in STATES:
        if name != 'NF':
            y[name] *= np.exp(rng.normal() / 3)
    if rng.uniform() < 0.2:
        y['ANC'] *= 0.1  # neutropenia, in which hazards rise
        y['IgG'] *= 0.4
    return {name: rounded(v) for name, v in y.items()}


def draw_case(rng, prototype):
    p, parameters = draw_parameters(rng, prototype)
    y = draw_state(rng, prototype, p)
    dose = rounded(rng.uniform(0, 70)) if rng.uniform() < 0.7 else 0.0
    grams = rounded(rng.uniform(0, 3)) if rng.uniform() < 0.5 else 0.0
    chloroquine = rounded(rng.uniform(0, 400)) if rng.uniform() < 0.5 else 0.0
    gain, *organs = (rounded(v) for v in rng.normal(size=1 + len(ORGANS)))
    age = rounded(rng.uniform(18, 70))
    y['THY'] = np.exp(-0.02 * (age - 20))
    u = {
        'gc': dose,
        'mmf': grams,
        'hcq': chloroquine,
        'x': FIXED['loop.noise_sd'] * gain,
        'o': [np.exp(FIXED['organs.noise_sd'] * z) for z in organs],
    }
    rates = dict(zip(prototype['S'], prototype['rhs'](0, [y[name] for name in prototype['S']], p, u)))
    assert all(np.isfinite(v) for v in rates.values())
    return [
        parameters,
        [dose, chloroquine, grams, gain, *organs],
        [y[name] for name in STATES] + [age, dose, 39.1 / 12 * (grams / 2)],
        [float(f'{rates[name]:.12g}') for name in STATES],
    ]


if __name__ == '__main__':
    prototype = load(sys.argv[1])
    rng = np.random.default_rng(20260)
    cases = [draw_case(rng, prototype) for _ in range(200)]
    golden = {
        'fixed': FIXED,
        'parameters': [name for name, _, _ in DRAWN],
        'inputs': INPUTS,
        'states': [*STATES.values(), *FED],
        'rated': len(STATES),
    }
    lines = ',\n'.join(json.dumps([[float(v) for v in part] for part in case], separators=(',', ':')) for case in cases)
    head = json.dumps(golden)[:-1]
    Path('tests/lupus/golden/right-hand-side.json').write_text(f'{head}, "cases": [\n{lines}\n]}}\n')
    print(f'{len(cases)} cases, {len(DRAWN)} parameters, {len(STATES)} states')
