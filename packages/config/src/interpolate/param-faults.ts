import { nearestName } from '@millrace/core';
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
    expected: known.size === 0 ? undefined : `one of ${[...known.keys().take(10)].join(', ')}`,
    help: variableHelp(name, known) ?? problems.suggest(name, known.keys()) ?? DECLARE,
  };
}

const DECLARE = 'declare it under `params:`';
const VARIABLE = /^(matrix|foreach)\.(.+)$/s;

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
    return `the stage is not repeated here: give it ${kind}: { ${variable}: [...] }`;
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
