/** One step from a value to a part of it. A string is a property, a number an array index. */
export type PathPart =
  | string
  | number
  | { readonly mapKey: unknown; readonly entry: number }
  | { readonly keyOfEntry: number }
  | { readonly setMember: number }
  | { readonly skippedLevels: number };

const PLAIN_NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const LONGEST_NAME = 60;
const LONGEST_PATH = 24;
const SHOWN_AT_START = 10;
const SHOWN_AT_END = 4;

/**
 * `scores[3].run`, or from the inside out across a Map or Set: `run of map key "a" of scores`.
 * The middle of a very long path is left out and counted.
 */
export function formatValuePath(root: string, parts: readonly PathPart[]): string {
  const chains = [root];
  for (const part of shorten(parts)) {
    const last = chains.length - 1;
    const chain = chains[last] ?? '';
    if (typeof part === 'number') chains[last] = `${chain}[${part}]`;
    else if (typeof part === 'string') chains[last] = chain + formatName(part, chain === '');
    else if ('skippedLevels' in part) chains[last] = `${chain}…${part.skippedLevels} levels…`;
    else chains.push(formatEntry(part), '');
  }
  return chains
    .filter((chain) => chain !== '')
    .reverse()
    .join(' of ');
}

function shorten(parts: readonly PathPart[]): readonly PathPart[] {
  if (parts.length <= LONGEST_PATH) return parts;
  const skippedLevels = parts.length - SHOWN_AT_START - SHOWN_AT_END;
  return [...parts.slice(0, SHOWN_AT_START), { skippedLevels }, ...parts.slice(-SHOWN_AT_END)];
}

function formatName(name: string, first: boolean): string {
  if (!PLAIN_NAME.test(name)) return `[${quote(name)}]`;
  return first ? clip(name) : `.${clip(name)}`;
}

function quote(text: string): string {
  return JSON.stringify(clip(text));
}

function clip(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

type EntryPart = Exclude<PathPart, string | number | { readonly skippedLevels: number }>;

function formatEntry(part: EntryPart): string {
  if ('setMember' in part) return `set member ${part.setMember}`;
  if ('keyOfEntry' in part) return `the key of map entry ${part.keyOfEntry}`;
  const key = part.mapKey;
  if (typeof key === 'string') return `map key ${quote(key)}`;
  if (typeof key === 'object' && key !== null) return `map entry ${part.entry}`;
  return `map key ${String(key)}${typeof key === 'bigint' ? 'n' : ''}`;
}
