// The two populations of nephritis differ in how long, how active and how treated the disease was, and in nothing else: who they are is one text twice.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPopulation } from '#patients'

const read = (name: string) => {
  const file = new URL(`../../library/populations/${name}.population.yaml`, import.meta.url)
  const { value, problems } = readPopulation(name, readFileSync(file, 'utf8'))
  if (!value) throw new Error(JSON.stringify(problems))
  return value.value
}

test('refractory nephritis is lupus nephritis but for care, duration and activity at the start', () => {
  const [found, refractory] = [read('lupus-nephritis'), read('refractory-nephritis')]
  for (const part of ['model', 'categories', 'correlations', 'uncertain', 'entry_on_flare', 'effect'] as const)
    expect(refractory[part]).toEqual(found[part])
  const own = ['person.duration', 'start.activity']
  const others = (p: typeof found) => p.parameters.filter(({ name }) => !own.includes(name))
  expect(others(refractory)).toEqual(others(found))
})
