// Where the rows of a simulation go while it runs: into a .csv or .parquet file, or to whoever reads stdout.
import { csvTable, parquetTable, type RowsHead, type RowsPiece } from '#lab'
import { openOut, openWhole, type Sink } from './files.ts'

export interface RowsSink {
  /** Writes some rows; done once they are written, so that nobody runs ahead of the disk. */
  take(piece: RowsPiece): Promise<void>
  finish(): Promise<void>
  /** Leaves no file behind, unless it was finished. */
  drop(): Promise<void>
}

/**
 * Prepares a place for rows; nothing is opened before the first of them.
 * @param file absent: stdout, as CSV
 */
export function openRows(file: string | undefined, head: RowsHead): RowsSink {
  const table = file?.endsWith('.parquet') ? parquetTable(head) : csvTable(head)
  let sink: Sink | undefined
  const put = async (to: Sink, pieces: Iterable<string | Uint8Array>): Promise<void> => {
    for (const piece of pieces) await to.write(piece)
  }
  return {
    take: async (piece) => {
      if (!sink) {
        sink = file === undefined ? openOut() : await openWhole(file)
        await put(sink, table.begin())
      }
      await put(sink, table.add(piece))
    },
    finish: async () => {
      if (!sink) return
      await put(sink, table.end())
      await sink.finish()
    },
    drop: async () => sink?.drop(),
  }
}
