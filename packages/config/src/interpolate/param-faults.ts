import { nearestName } from '@millrace/core';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import type { PlaceholderFault } from './placeholder-fault.ts';

/** A param may stand on another one, but so many floors high it is a mistake. */
const MAX_PARAM_CHAIN = 100;

export function unknownParam(
  name: string,
  known: ReadonlyMap<string, unknown>,
  problems: Problems,
): PlaceholderFault {
  return {
    code: 'PARAM_UNKNOWN',
    message: `there is no param ${JSON.stringify(name)}`,
    expected: oneOf(known.keys()),
    help:
      variableHelp(name, known) ??
      prefixHelp(name, known) ??
      problems.suggest(name, known.keys()) ??
      DECLARE,
  };
}

const DECLARE = 'declare it under `params:`';
const VARIABLE = /^(matrix|foreach)\.(.+)$/s;

const PREFIXED = /^(params?|env|secrets?|inputs?|context)\.(.+)$/s;

/** Conditions and other tools name the place of a value before a dot; a placeholder does so before a colon. */
function prefixHelp(name: string, known: ReadonlyMap<string, unknown>): string | undefined {
  const [, kind, rest] = PREFIXED.exec(name) ?? [];
  if (kind === undefined || rest === undefined) return undefined;
  if (kind === 'env') return `an environment variable is written \${env:${rest}}`;
  if (kind.startsWith('secret')) return `a secret is written \${secret:${rest}}`;
  if (!kind.startsWith('param'))
    return 'a placeholder is filled in before anything runs: name what the stage takes under reads';
  const meant = known.has(rest) ? rest : nearestName(rest, known.keys());
  return meant === undefined
    ? `a param is written \${${rest}}; declare it under \`params:\``
    : `a param is written without ${JSON.stringify(`${kind}.`)}: \${${meant}}`;
}

/** What all names of variables begin with says nothing of what was meant. */
function variableHelp(name: string, known: ReadonlyMap<string, unknown>): string | undefined {
  const [, kind, variable] = VARIABLE.exec(name) ?? [];
  if (kind === undefined || variable === undefined) return undefined;
  const variables = [...known.keys().filter((own) => VARIABLE.test(own))];
  const near = nearestName(
    variable,
    variables.map((own) => own.replace(VARIABLE, '$2')),
  );
  const meant = variables.find((own) => own.replace(VARIABLE, '$2') === near);
  if (meant !== undefined) return `did you mean ${JSON.stringify(meant)}?`;
  if (variables.length === 0)
    return `the stage is not repeated here: add ${kind}: { ${variable}: [...] }`;
  const shown = variables.slice(0, 10).map((own) => `\${${own}}`);
  return `the variables of the stage are ${shown.join(', ')}`;
}

/**
 * The fault of a param that stands, by others, on itself or on too many.
 * @param chain the params that are being worked out, outermost first
 */
export function paramCircle(name: string, chain: readonly string[]): PlaceholderFault | undefined {
  const first = chain.indexOf(name);
  if (first === -1 && chain.length < MAX_PARAM_CHAIN) return undefined;
  const circle = [...chain.slice(Math.max(first, 0)), name];
  const shown = circle.length > 10 ? [...circle.slice(0, 5), '...', ...circle.slice(-4)] : circle;
  return {
    code: 'PARAM_CYCLE',
    message:
      first === -1
        ? 'params stand on each other too deep'
        : 'params stand on each other in a circle',
    got: shown.join(' -> '),
  };
}
