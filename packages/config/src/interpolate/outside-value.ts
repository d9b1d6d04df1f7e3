import { problem, type Result, success } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import type { PlaceholderFault } from './placeholder-fault.ts';
import { readTyped } from './placeholder-type.ts';
import type { EnvPlaceholder, SecretPlaceholder } from './template.ts';

/** The text that an environment variable gives: its own, or the default. */
export type EnvSource = 'variable' | 'default';

/** What `${env:NAME}` stands for; as in a shell, a default also stands in for an empty variable. */
export function envText(
  { name, fallback }: EnvPlaceholder,
  env: Readonly<Record<string, string | undefined>>,
): { readonly text: string; readonly from: EnvSource } | undefined {
  const own = Object.hasOwn(env, name) ? env[name] : undefined;
  if (fallback !== undefined && (own ?? '') === '') return { text: fallback, from: 'default' };
  return own === undefined ? undefined : { text: own, from: 'variable' };
}

export function envValue(
  part: EnvPlaceholder,
  env: Readonly<Record<string, string | undefined>>,
  at: Span,
): Result<ConfigNode, PlaceholderFault> {
  const { name, type = 'text', fallback, source } = part;
  // A default that does not fit is wrong on every machine, also where nothing needs it.
  const spare = fallback === undefined ? undefined : readTyped(fallback, type, at);
  if (spare?.ok === false)
    return problem({
      code: 'ENV_TYPE',
      message: `the default of ${source} does not fit its type ${type}`,
      got: textOf(fallback ?? '', at),
      expected: spare.problem,
    });
  const found = envText(part, env);
  if (found === undefined)
    return problem({
      code: 'ENV_MISSING',
      message: `the environment variable ${name} is not set`,
      help: `set it, or give a default: \${env:${name}${part.type === undefined ? '' : `|${type}`}:-default}`,
    });
  const typed = readTyped(found.text, type, at);
  if (typed.ok) return typed;
  return problem({
    code: 'ENV_TYPE',
    message: `the environment variable ${name} does not fit the type ${type}`,
    got: textOf(found.text, at),
    expected: typed.problem,
  });
}

/** Undefined when there is no such secret, which was reported when all were read. */
export function secretValue(
  { name, type = 'text', source }: SecretPlaceholder,
  secrets: ReadonlyMap<string, string>,
  at: Span,
): Result<ConfigNode | undefined, PlaceholderFault> {
  const text = secrets.get(name);
  if (text === undefined) return success(undefined);
  const typed = readTyped(text, type, at);
  if (typed.ok) return success({ ...typed.value, redacted: source });
  // Without what was got, and without what the reader of its type says of it.
  return problem({
    code: 'SECRET_TYPE',
    message: `the secret ${JSON.stringify(name)} does not fit the type ${type}`,
    expected: typed.problem,
  });
}

function textOf(text: string, at: Span): string {
  return describeNode({ kind: 'scalar', value: text, span: at });
}
