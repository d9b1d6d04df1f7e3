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
    help: problems.suggest(name, known.keys()) ?? 'declare it under `params:`',
  };
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
