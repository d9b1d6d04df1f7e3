/**
 * `input`: a declared input or update by the stage's own name, with its place when several keys are gathered.
 * `key`: a context key that it asked for besides. `keys`: the names of all keys it could see. `needs`: what
 * the dependencies wrote of which it reads nothing.
 */
export const BASIS_KINDS = ['input', 'key', 'keys', 'needs'] as const;

export type BasisKind = (typeof BASIS_KINDS)[number];

/** A value that an outcome rests on, by the first 16 digits of its hash; empty when nobody wrote it. */
export type BasisEntry = readonly [kind: BasisKind, name: string, hash: string];

/** What the outcome of a stage rests on, so that a later plan can tell what changed. */
export interface StageBasis {
  /** Hash of the stored description of its code; empty when the loader knew none. */
  readonly code: string;
  /** Hash of the stored params, with names where there are secrets; empty for none. */
  readonly params: string;
  /** The recorded params themselves where they are short: `json:{"window":20}`. */
  readonly shortParams?: string;
  /** Paths of the params that it read; undefined: all of them count. */
  readonly read?: readonly string[];
  readonly inputs: readonly BasisEntry[];
  /** Each of its files as it was before the stage started. */
  readonly files?: readonly FileEntry[];
}

/** A file that a stage reads: its path, relative to the working folder if it lies in that, and its digest. */
export type FileEntry = readonly [path: string, digest: string];

/** Begins the digest of a file that could not be read; the system's code for why follows. */
export const UNREADABLE = 'unreadable ';

const HASH_LENGTH = 16;

export function basisEntry(kind: BasisKind, name: string, hash: string | undefined): BasisEntry {
  return [kind, name, hash?.slice(0, HASH_LENGTH) ?? ''];
}

/** The entries in which two bases differ: those that are new or have another hash, and those that are gone. */
export function changedEntries(
  before: readonly BasisEntry[],
  now: readonly BasisEntry[],
): readonly BasisEntry[] {
  // Mostly they are the same in the same order.
  const isSame = before.length === now.length && before.every((entry, at) => equal(entry, now[at]));
  if (isSame) return [];
  const left = new Map(before.map((entry) => [nameOf(entry), entry]));
  const changed = now.filter((entry) => {
    const old = left.get(nameOf(entry));
    left.delete(nameOf(entry));
    return !equal(entry, old);
  });
  return [...changed, ...left.values()];
}

function equal(a: BasisEntry, b: BasisEntry | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

function nameOf([kind, name]: BasisEntry): string {
  return `${kind} ${name}`;
}
