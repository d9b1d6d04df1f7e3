import { membersOf } from './members-of.ts';
import type { Shape } from './shape.ts';

/** Whether a record takes a key; undefined where a pattern decides. */
export function isKeyOf(names: Shape | undefined, key: string): boolean | undefined {
  if (names === undefined) return true;
  let told: boolean | undefined = false;
  for (const member of membersOf(names)) {
    if (member.kind !== 'literals' && member.kind !== 'text') return undefined;
    const has = member.kind === 'text' || [...member.values].some((name) => String(name) === key);
    if (has && !member.narrowed) return true;
    if (has) told = undefined;
  }
  return told;
}
