import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { problem, type Result, type SourceLocation, success } from '@millrace/core';
import { importAdvice } from './import-advice.ts';

export interface ImportFault {
  /** One line. */
  readonly message: string;
  /** Where the module threw or cannot be read, when the engine tells. */
  readonly location: SourceLocation | undefined;
  /** What to do, when that can be told. */
  readonly help?: string;
}

/** The exports of a module by name. */
export type ModuleExports = ReadonlyMap<string, unknown>;

const LONGEST_MESSAGE = 300;
const CHECK_TIMEOUT_MS = 5000;

/** Runs a module. What it throws, its own or while it is read, comes back as data. */
export async function importModule(file: string): Promise<Result<ModuleExports, ImportFault>> {
  try {
    const namespace: object = await import(pathToFileURL(file).href);
    return success(new Map(Object.entries(namespace)));
  } catch (error) {
    const fault = importFault(error);
    const location =
      fault.location === undefined && isSyntaxError(error)
        ? await syntaxErrorIn(file)
        : fault.location;
    const advice = await importAdvice(textOf(error) ?? '', location);
    return problem({ ...fault, location, ...advice });
  }
}

/** Node keeps the place of a syntax error in JavaScript to itself, but `--check` prints it. */
async function syntaxErrorIn(file: string): Promise<SourceLocation | undefined> {
  try {
    await promisify(execFile)(process.execPath, ['--check', file], { timeout: CHECK_TIMEOUT_MS });
    return undefined;
  } catch (error) {
    const stderr: unknown = Reflect.get(error as object, 'stderr');
    return typeof stderr === 'string' ? locationIn({ stack: stderr }) : undefined;
  }
}

function isSyntaxError(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && Reflect.get(error, 'name') === 'SyntaxError'
  );
}

/** What a module or a function of it threw. */
export function importFault(error: unknown): ImportFault {
  return { message: messageOf(error), location: locationIn(error) };
}

/** Not by `instanceof`: a module may throw an error of another realm, or anything at all. */
function messageOf(error: unknown): string {
  const fields = typeof error === 'object' && error !== null ? (error as Partial<Error>) : {};
  const name = typeof fields.name === 'string' && fields.name !== 'Error' ? `${fields.name}: ` : '';
  const text = textOf(error) ?? `threw ${String(error)}`;
  const line = text.split('\n').find((part) => part.trim() !== '') ?? 'threw an empty message';
  const message = `${name}${line.trim()}`;
  // Marked, since a secret that was cut is known by the mark behind it.
  return message.length <= LONGEST_MESSAGE
    ? message
    : `${message.slice(0, LONGEST_MESSAGE - 3)}...`;
}

function textOf(error: unknown): string | undefined {
  const text =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** A syntax error starts its stack with the place; other errors name it in their first frame. */
function locationIn(error: unknown): SourceLocation | undefined {
  const stack =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'stack') : undefined;
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.split('\n')) {
    const match =
      /(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s():]+?)(?:\?[^\s():]*)?:(\d+)(?::(\d+))?/.exec(line);
    // Names of the engine's own parts look like paths as well, but are no files.
    if (match?.[1] === undefined || match[1].includes('/node_modules/') || !existsSync(match[1])) {
      continue;
    }
    const column = match[3] === undefined ? markedColumn(stack) : Number(match[3]);
    return { file: match[1], line: Number(match[2]), column };
  }
  return undefined;
}

/** A place without a column is followed by lines of the file, the faulty one underlined. */
function markedColumn(stack: string): number {
  const marks = stack.split('\n').find((line) => /^\s*\^+\s*$/.test(line));
  return marks === undefined ? 1 : marks.indexOf('^') + 1;
}
