// The command line. Exit codes: 0 fine, 1 problems in what was asked or found, 2 a bug of ours, 130 stopped by the user.
import { Command, CommanderError } from '@commander-js/extra-typings'
import { version } from './about.ts'
import { checkCommand } from './commands/check.ts'
import { clinicCommand } from './commands/clinic.ts'
import { evidenceCommand } from './commands/evidence.ts'
import { newCommand } from './commands/new.ts'
import { poolCommand } from './commands/pool.ts'
import { runCommand } from './commands/run.ts'
import { scoreCommand } from './commands/score.ts'
import { simulateCommand } from './commands/simulate.ts'

const HELP: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder is needed: choose another place, or move the file away',
  EFBIG: 'a file may not grow that large here: write elsewhere, or raise the limit',
  EACCES: 'choose a place that you may read and write, or change its permissions',
  EISDIR: 'a folder stands there: name a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOSPC: 'the disk is full: make room, or write elsewhere',
  ENAMETOOLONG: 'choose a shorter name',
  EROFS: 'nothing can be written there: choose another place',
}

const EXAMPLES = `
Examples:
  imago run library/trials/deng-2017-uc-msc.trial.yaml
  imago simulate library/models/basics/friberg.model --subjects 100
  imago check library
  imago evidence msc-sledai-controlled
  imago evidence claims page.html
  imago clinic --new
  imago new model my_drug

Exit codes: 0 fine, 1 problems, 2 a bug of ours, 130 stopped.`

const program = new Command('imago')
  .description('An open in-silico laboratory for lupus and stem-cell therapy. Research software: never medical advice.')
  .version(version)
  .addCommand(runCommand)
  .addCommand(simulateCommand)
  .addCommand(checkCommand)
  .addCommand(evidenceCommand)
  .addCommand(clinicCommand)
  .addCommand(newCommand)
  .addCommand(scoreCommand)
  .addCommand(poolCommand)
  .addHelpText('after', EXAMPLES)
  .showSuggestionAfterError()
  .showHelpAfterError('(imago --help shows how)')

for (const command of [program, ...program.commands, ...newCommand.commands, ...evidenceCommand.commands])
  command.exitOverride()

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return // the reader has enough: imago simulate … | head; what was found still decides the exit code
  process.stderr.write(`${describeSystemError(error)}\n`)
  process.exit(1)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1
  else if (isSystemError(error)) {
    process.stderr.write(`${describeSystemError(error)}\n`)
    process.exitCode = 1
  } else {
    process.stderr.write(
      `A bug of ours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nPlease report it with the command and the files that led here.\n`,
    )
    process.exitCode = 2
  }
}

function describeSystemError(error: NodeJS.ErrnoException): string {
  const help = HELP[error.code ?? '']
  return `error ${error.code ?? 'system'}\n  ${error.message}${help ? `\n  help: ${help}` : ''}`
}

/** A full disk, a folder that may not be written: the world's fault, told in a line. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
