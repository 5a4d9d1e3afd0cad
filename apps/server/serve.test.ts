import { get } from 'node:http'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../../tests/end-to-end/run-imago.ts'
import { resolveInside, serveFolder } from './serve.ts'

const fetchText = (address: string): Promise<{ code: number | undefined; type: string | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    get(address, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => resolve({ code: response.statusCode, type: response.headers['content-type'], text }))
    }).on('error', reject)
  })

test('serves the folder, its index at the root, and nothing else', async () => {
  const folder = folderWith({ 'report.html': '<p>r</p>', 'rows.csv': 'id' })
  const first = await serveFolder(folder, 'report.html', 4300)
  const second = await serveFolder(folder, 'report.html', 4300)
  expect(second.address).not.toBe(first.address) // the next free port
  expect(await fetchText(first.address)).toEqual({ code: 200, type: 'text/html; charset=utf-8', text: '<p>r</p>' })
  expect((await fetchText(`${first.address}rows.csv`)).text).toBe('id')
  expect((await fetchText(`${first.address}nothing`)).code).toBe(404)
  expect((await fetchText(`${first.address}%2e%2e%2fetc/passwd`)).code).toBe(404)
  for (const { server } of [first, second]) server.close()
})

test.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/%', '/a/../../secret', '//etc/passwd', '/\\..\\secret'])(
  '%s stays inside',
  (url) => {
    const inside = resolveInside('/srv/reports', url)
    expect(inside === undefined || inside === '/srv/reports' || inside.startsWith(`/srv/reports${path.sep}`)).toBe(true)
  },
)
