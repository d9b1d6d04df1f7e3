import { type FailureRecord, formatLocation, type ThrownRecord } from '@millrace/core';
import { explainCommand } from '../explain/explain-command.ts';
import type { Shell } from '../runs/command-line.ts';
import { printable } from '../terminal/printable.ts';
import type { Paint } from '../terminal/terminal.ts';
import { ownMessage } from './short-failure.ts';
import { userFrame } from './stack-frame.ts';

/** Paths are shown relative to `cwd`. */
interface FailureTextOptions extends Shell {
  readonly paint: Paint;
  /** Default false. */
  readonly withStack?: boolean;
}

const INDENT = '    ';
const MOST_LINES = 12;

/** What went wrong and what to do, as indented lines below the name of the stage. */
export function failureLines(failure: FailureRecord, options: FailureTextOptions): string[] {
  const { paint } = options;
  const [first = '', ...more] = printable(ownMessage(failure.message)).split('\n');
  const lines = [`${paint('red', failure.code)}: ${first}`, ...more.slice(0, MOST_LINES)];
  if (failure.thrown !== undefined) lines.push(...placeLines(failure.thrown, options));
  for (let cause = failure.thrown?.cause; cause !== undefined; cause = cause.cause) {
    const [head = ''] = printable(cause.message).split('\n');
    lines.push(`caused by ${cause.name === 'NonError' ? '' : `${cause.name}: `}${head}`);
    lines.push(...placeLines(cause, options));
  }
  if (failure.help !== undefined)
    lines.push(`${paint('bold', 'help:')} ${printable(failure.help)}`);
  lines.push(`${paint('bold', 'explain:')} ${explainCommand(failure.code, options)}`);
  return lines.map((line) => INDENT + line);
}

function placeLines(
  thrown: ThrownRecord,
  { cwd, paint, withStack = false }: FailureTextOptions,
): string[] {
  if (withStack && thrown.stack !== undefined) {
    const frames = printable(thrown.stack)
      .split('\n')
      .filter((line) => /^\s+at /.test(line));
    return frames.map((frame) => paint('dim', `  ${frame.trim()}`));
  }
  const frame = userFrame(thrown.stack, cwd);
  return frame === undefined ? [] : [`  at ${paint('cyan', formatLocation(frame))}`];
}
