import { MillraceError } from '@millrace/core';
import { EXIT, type ExitCode } from './exit-code.ts';
import { explainCommand } from './explain/explain-command.ts';
import type { Shell } from './runs/command-line.ts';
import { ConfigRefused } from './runs/config-refused.ts';
import { printable } from './terminal/printable.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface ErrorOutput {
  readonly terminal: Terminal;
  /** A JSON document on stdout too. */
  readonly asJson: boolean;
  readonly withStack: boolean;
  /** Where the person is, for commands to type. */
  readonly shell: Shell;
}

/** What goes wrong while a run goes on, in contrast to a command that could not begin. */
const RUNTIME_CODES = new Set([
  'ARTIFACT_CORRUPT',
  'CHECKPOINT_CORRUPT',
  'INVARIANT_BROKEN',
  'LEASE_LOST',
  'OUTPUT_UNWRITABLE',
  'STATE_TRANSITION_ILLEGAL',
  'STORE_BUSY',
  'STORE_CLOSED',
  'STORE_CORRUPT',
  'STORE_READ_FAILED',
  'STORE_REPLACED',
  'STORE_WRITE_FAILED',
  'VALUE_NOT_LOADED',
]);

/** Tells an error on stderr, and says how the process is to end. */
export function printError(
  error: unknown,
  { terminal, asJson, withStack, shell }: ErrorOutput,
): ExitCode {
  const known = error instanceof MillraceError ? error : unexpected(error);
  const paint = terminal.paintNotice;
  if (known instanceof ConfigRefused) {
    terminal.notice(`${known.rendered}: nothing was run`);
    if (known.help !== undefined) terminal.notice(`${paint('bold', 'help:')} ${known.help}`);
    const [first] = known.diagnostics;
    if (first !== undefined)
      terminal.notice(`${paint('bold', 'explain:')} ${explainCommand(first.code, shell)}`);
  } else {
    terminal.notice(
      `${paint(['bold', 'red'], `error[${known.code}]`)}: ${printable(terminal.redact(known.message))}`,
    );
    if (known.help !== undefined) terminal.notice(`  ${paint('bold', 'help:')} ${known.help}`);
    const { resume } = known.details;
    if (typeof resume === 'string') terminal.notice(`  ${paint('bold', 'resume:')} ${resume}`);
    if (known.code !== 'USAGE')
      terminal.notice(`  ${paint('bold', 'explain:')} ${explainCommand(known.code, shell)}`);
  }
  if (withStack) terminal.notice(stackOf(error));
  if (asJson) {
    const { code, message, help, details } = known;
    terminal.printJson({
      error: { code, message, ...(help === undefined ? {} : { help }), details },
    });
  }
  return RUNTIME_CODES.has(known.code) ? EXIT.failed : EXIT.usage;
}

/** Whatever is thrown without a code is a bug of Millrace. */
function unexpected(error: unknown): MillraceError {
  const message = error instanceof Error ? error.message : String(error);
  return new MillraceError('INVARIANT_BROKEN', `Millrace has a bug: ${message}`, {
    cause: error,
    help: 'please report it with the command; --debug shows where it comes from. Committed stages are safe: resume the run',
  });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { stack = '', cause } = error;
  return cause instanceof Error ? `${stack}\ncaused by ${stackOf(cause)}` : stack;
}
