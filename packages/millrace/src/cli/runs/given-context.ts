import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { didYouMean, MillraceError, type PipelineDefinition } from '@millrace/core';
import { readAssignments } from './load-for-command.ts';

export interface ContextFlags {
  /** `key=value`, as written. */
  readonly context?: readonly string[];
  /** A JSON file that holds an object; single keys win over it. */
  readonly contextFile?: string;
}

type Definition = Pick<PipelineDefinition, 'name' | 'inputs' | 'context'>;

/**
 * The initial context that a new run is given on the command line, checked before anything is written.
 * @throws MillraceError USAGE, CONTEXT_KEY_UNKNOWN, CONTEXT_MISSING
 */
export async function givenContext(
  flags: ContextFlags,
  definition: Definition,
  cwd: string,
): Promise<Readonly<Record<string, unknown>>> {
  const given = await changedContext(flags, definition, cwd);
  const missing = definition.inputs.filter((key) => !Object.hasOwn(given, key));
  if (missing.length === 0) return given;
  throw new MillraceError(
    'CONTEXT_MISSING',
    `pipeline ${JSON.stringify(definition.name)} needs ${missing.map((key) => JSON.stringify(key)).join(', ')} in its initial context`,
    {
      details: { pipeline: definition.name, missing },
      help: `give ${missing.map((key) => `--context ${key}=VALUE`).join(' ')}, or --context-file FILE.json`,
    },
  );
}

/**
 * What of an initial context that there is already is given anew.
 * @throws MillraceError USAGE, CONTEXT_KEY_UNKNOWN
 */
export async function changedContext(
  { context, contextFile }: ContextFlags,
  definition: Definition,
  cwd: string,
): Promise<Readonly<Record<string, unknown>>> {
  const given = new Map([
    ...(contextFile === undefined ? [] : Object.entries(readFile(contextFile, cwd))),
    ...Object.entries(await readAssignments('--context', context)),
  ]);
  refuseUnknown(given, definition);
  return Object.fromEntries(given);
}

function refuseUnknown(
  given: ReadonlyMap<string, unknown>,
  { name, inputs, context }: Definition,
): void {
  const known = [...inputs, ...Object.keys(context)];
  for (const key of given.keys()) {
    if (known.includes(key)) continue;
    const listed = known.length === 0 ? 'none' : known.join(', ');
    throw new MillraceError(
      'CONTEXT_KEY_UNKNOWN',
      `pipeline ${JSON.stringify(name)} takes no context key ${JSON.stringify(key)}; it takes ${listed}`,
      {
        details: { pipeline: name, key, known },
        help: didYouMean(key, known) ?? 'list it under inputs: in the config',
      },
    );
  }
}

function readFile(file: string, cwd: string): object {
  const refuse = (why: string, cause?: unknown): MillraceError =>
    new MillraceError('USAGE', `--context-file: ${file} ${why}`, {
      details: { file },
      cause,
      help: 'it is a JSON file such as { "prices": [1, 2, 3] }',
    });
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw refuse(`cannot be read: ${messageOf(error)}`, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(`is no JSON: ${messageOf(error)}`, error);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refuse('holds no object');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
