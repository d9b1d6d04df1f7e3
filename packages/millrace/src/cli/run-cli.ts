import type { CommandContext } from './command-context.ts';
import { guardCrash } from './crash-guard.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { buildProgram, CommanderError } from './program.ts';
import { Terminal } from './terminal/terminal.ts';

/** Runs one command line and says how the process is to end. Never throws. */
export async function runCli(args: readonly string[], version: string): Promise<ExitCode> {
  const { stdout, stderr, env } = process;
  const terminal = new Terminal({ stdout, stderr, env });
  const asJson = args.includes('--json');
  // What stages and their modules print is no part of the document.
  if (asJson) terminal.divertStray((text) => terminal.writeNotice(text));
  const withStack = args.includes('--debug');
  let code: ExitCode;
  try {
    code = await understood(args, { version, terminal });
  } catch (error) {
    const { printError } = await import('./print-error.ts');
    await redacted(terminal);
    code = printError(error, {
      terminal,
      asJson,
      withStack,
      shell: { cwd: process.cwd(), env },
    });
  }
  await terminal.flush();
  const { fault } = terminal;
  if (fault === undefined) return code;
  terminal.notice(`error[OUTPUT_UNWRITABLE]: the output cannot be written: ${fault.message}`);
  await terminal.flush();
  return code === EXIT.succeeded ? EXIT.failed : code;
}

async function understood(
  args: readonly string[],
  { version, terminal }: { readonly version: string; readonly terminal: Terminal },
): Promise<ExitCode> {
  let action: ((context: CommandContext) => Promise<ExitCode>) | undefined;
  let complaint = '';
  const program = buildProgram({
    version,
    out: (text) => terminal.write(text),
    error: (text) => {
      complaint += text;
    },
    chosen: (chosen) => {
      action = chosen;
    },
  });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.succeeded;
    const { usageError } = await import('./usage-error.ts');
    throw usageError(complaint);
  }
  if (action === undefined) return EXIT.usage;
  await redacted(terminal);
  return action({ terminal, cwd: process.cwd(), env: process.env });
}

/** Only now: `--help` has nothing to hide, and is to be there at once. */
async function redacted(terminal: Terminal): Promise<void> {
  const { redactOutput } = await import('./terminal/redact-output.ts');
  redactOutput(terminal);
  guardCrash(terminal);
}
