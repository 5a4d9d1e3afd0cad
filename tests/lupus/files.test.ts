// Each mechanism of lupus is a model of its own that can be checked, run and trusted alone; the joined model has the names that trials rely on.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkModel, compileWasm, gatherModel, instantiate, runExpectations } from '#engine'
import { lupus } from './patients.ts'

const FOLDER = fileURLToPath(new URL('../../library/models/lupus/', import.meta.url))
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.model'))

describe.each(files)('%s', (file) => {
  test('is right without a warning, and holds what it expects', async () => {
    const { files: read, problems } = await gatherModel(FOLDER + file, async (path) => readFileSync(path, 'utf8'))
    const { value: model, problems: found } = checkModel(read)
    expect([...problems, ...found]).toEqual([])
    if (!model) throw new Error('a model without problems must be there')
    const { problems: failed } = await runExpectations(model, async (kernel) => instantiate(await compileWasm(kernel)))
    expect(failed).toEqual([])
  })
})

const CLINICAL =
  'seizure psychosis organic_brain visual cranial_nerve headache stroke vasculitis arthritis myositis rash alopecia ulcers pleurisy pericarditis fever'.split(
    ' ',
  )
const ORGANS = ['kidney', 'skin', 'joint', 'serosa', 'lung', 'neuro', 'mucosa']
const ASSAYS = 'dsdna c3 c4 urine sediment platelets leucocytes albumin creatinine'.split(' ')
const TRUTHS =
  'dsdna c3 c4 igg albumin upcr protein egfr creatinine clearance haemoglobin neutrophils leucocytes lymphocytes platelets b_cells cd4 treg interferon cytokines kidney_inflammation skin joints serosa lung neuro mucosa damage loop_gain msc_effect death_hazard infection_hazard trigger_rate'.split(
    ' ',
  )
const MEASURED =
  'dsdna c3 c4 upcr protein albumin creatinine clearance platelets leucocytes haematuria pyuria casts temperature pga'.split(
    ' ',
  )
const SYSTEMS =
  'constitutional mucocutaneous neuropsychiatric musculoskeletal cardiorespiratory gastrointestinal ophthalmic renal haematological'.split(
    ' ',
  )

describe('the joined model', () => {
  const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name)

  test('takes medicines, noise and luck as inputs', () => {
    expect(names(lupus.inputs).toSorted()).toEqual(
      [
        'prednisone',
        'hydroxychloroquine',
        'mycophenolate',
        'rating_shift',
        'rater_pga',
        ...['gain', ...ORGANS].map((x) => `${x}_noise`),
        ...CLINICAL.flatMap((id) => [`latent_${id}`, `rater_${id}`]),
        ...ASSAYS.map((x) => `assay_${x}`),
      ].toSorted(),
    )
    expect(lupus.inputs.filter(({ value }) => value !== 0)).toEqual([])
  })

  test('provides what is true and what is seen', () => {
    const provided = names(lupus.derived.filter((d) => d.provided))
    expect(provided).toEqual(
      expect.arrayContaining([
        ...TRUTHS,
        ...MEASURED.map((x) => `measured_${x}`),
        ...CLINICAL.map((id) => `item_${id}`),
        ...SYSTEMS.map((x) => `bilag_${x}`),
        ...['a', 'b', 'c'].map((grade) => `bilag_${grade}_cut`),
      ]),
    )
  })

  test('has states for doses and parameters for people', () => {
    expect(names(lupus.states)).toEqual(
      expect.arrayContaining(['triggers.pool', 'methylprednisolone.amount', 'cyclophosphamide.amount', 'msc.lung']),
    )
    expect(names(lupus.parameters)).toEqual(
      expect.arrayContaining([
        ...['age', 'female', 'weight', 'height', 'duration'].map((x) => `person.${x}`),
        ...['size_median', 'size_sd', 'size_most'].map((x) => `triggers.${x}`),
        'start.activity',
        'msc.scale',
        'msc.survival',
        'kidney.susceptibility',
        'organs.memory_share',
        'loop.rho',
      ]),
    )
  })
})
