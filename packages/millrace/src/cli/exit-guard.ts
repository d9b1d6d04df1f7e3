import { writeSync } from 'node:fs';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Node's own code for a process whose top level waits for something that can never happen. */
const UNSETTLED = 13;

let isExpected = false;

/**
 * Watches for an end of the process that the command did not ask for: a stage, a stage module or a
 * config that calls `process.exit`, or one that never finishes loading. Such an end is never a success.
 */
export function guardExit(): void {
  process.on('exit', (code) => {
    if (isExpected) return;
    // Whatever it was given, since the codes of a command mean something else.
    process.exitCode = EXIT.failed;
    tell(
      code === UNSETTLED
        ? 'error: a config or a stage module waits at its top level for something that can never happen'
        : `error: a stage or a module called process.exit(${code}) before the command was done`,
    );
  });
}

/** Ends the process on purpose, also when something is left open that would keep it alive. */
export function endProcess(code: ExitCode): never {
  isExpected = true;
  process.exit(code);
}

function tell(text: string): void {
  try {
    writeSync(2, `${text}\nA run that was under way is unfinished; see: millrace runs\n`);
  } catch {
    // Nobody reads it any more.
  }
}
