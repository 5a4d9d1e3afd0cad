// Serves one folder of finished files on this machine.
import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.parquet': 'application/vnd.apache.parquet',
}

/** The path of a request inside the folder; undefined if it leads out of it or is not written as a path. */
export function resolveInside(folder: string, url: string): string | undefined {
  try {
    const wanted = path.resolve(folder, `.${decodeURIComponent(new URL(url, 'http://localhost').pathname)}`)
    return wanted === folder || wanted.startsWith(folder + path.sep) ? wanted : undefined
  } catch {
    return undefined
  }
}

/**
 * Serves a folder on the loopback address, on the wanted port or the next free one.
 * @returns the server and its address
 */
export async function serveFolder(
  folder: string,
  index: string,
  port: number,
): Promise<{ server: Server; address: string }> {
  const root = path.resolve(folder)
  const server = createServer((request, response) => {
    void (async () => {
      const inside = resolveInside(root, request.url ?? '/')
      const file = inside === root ? path.join(root, index) : inside
      const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
      if (!file || !found?.isFile() || (request.method !== 'GET' && request.method !== 'HEAD')) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
        return
      }
      response.writeHead(200, {
        'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
        'content-length': found.size,
        'x-content-type-options': 'nosniff',
      })
      if (request.method === 'HEAD') response.end()
      else createReadStream(file).pipe(response)
    })()
  })
  const taken = await listen(server, port)
  return { server, address: `http://127.0.0.1:${taken}/` }
}

async function listen(server: Server, from: number): Promise<number> {
  for (let port = from; ; port++) {
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= from + 100) throw error
    }
  }
}
