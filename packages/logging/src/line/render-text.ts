import { escapeControls } from './escape-controls.ts';
import type { LogLine } from './log-line.ts';

/** Starts each line that continues the one above, so that a stack cannot pass for a line of the log. */
const CONTINUED = '    | ';
const DEEPEST_CAUSE = 10;

/**
 * For people: `2026-01-01T00:00:00.000Z WARN  [run stage#2] message key=value`, line feed included.
 * Stacks of errors follow below, indented; nothing else can begin a new line.
 */
export function renderText(line: LogLine): string {
  const head = `${line.time} ${line.level.toUpperCase().padEnd(5)} ${speaker(line)}${line.message}`;
  let tail = '';
  const stacks: string[] = [];
  for (const [key, value] of Object.entries(line.fields ?? {})) {
    tail += ` ${key}=${printed(value)}`;
    stacks.push(...stackLines(value));
  }
  const below = stacks.map((text) => `${CONTINUED}${escapeControls(text)}\n`).join('');
  return `${escapeControls(head + tail)}\n${below}`;
}

function speaker({ runId, stage, attempt }: LogLine): string {
  if (runId === undefined && stage === undefined) return '';
  const who = attempt === undefined ? stage : `${stage ?? ''}#${attempt}`;
  return `[${[runId, who].filter((part) => part !== undefined).join(' ')}] `;
}

function printed(value: unknown): string {
  if (isError(value)) return JSON.stringify(`${value.name}: ${value.message}`);
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? 'undefined';
}

function stackLines(value: unknown): string[] {
  const lines: string[] = [];
  let cause = value;
  for (let depth = 0; isError(cause) && depth < DEEPEST_CAUSE; depth++) {
    const prefix = depth === 0 ? '' : 'caused by ';
    lines.push(...`${prefix}${cause.stack}`.split('\n'));
    cause = cause.cause;
  }
  return lines;
}

interface PlainError {
  readonly name: unknown;
  readonly message: unknown;
  readonly stack: string;
  readonly cause?: unknown;
}

function isError(value: unknown): value is PlainError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'message' in value &&
    'stack' in value &&
    typeof value.stack === 'string'
  );
}
