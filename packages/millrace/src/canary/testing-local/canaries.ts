/** How a config reads a secret: as the whole text, or as another type. */
export type CanaryType = 'text' | 'int' | 'json';

/** A value that must appear nowhere, and by which of its parts it would give itself away. */
export interface Canary {
  /** Of the secret, and of the environment variable that holds it. */
  readonly name: string;
  readonly value: string;
  readonly type: CanaryType;
  /** What a stage gets, where that is not the text: parts that are secrets by themselves. */
  readonly parts: readonly string[];
  /** Pieces that tell that a part of it was shown: the beginnings that a cut leaves, and ends. */
  readonly pieces: readonly string[];
}

interface CanaryFacts {
  readonly name: string;
  readonly value: string;
  readonly type?: CanaryType;
  readonly parts?: readonly string[];
  readonly pieces?: readonly string[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The same letters on every machine, in an order that no other text has. */
function noise(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return LETTERS[(state >>> 8) % LETTERS.length] ?? '';
  }).join('');
}

const PIECE = 8;

function canary({ name, value, type = 'text', parts = [], pieces }: CanaryFacts): Canary {
  const ends = value.length < 2 * PIECE ? [] : [value.slice(0, PIECE), value.slice(-PIECE)];
  return { name, value, type, parts, pieces: pieces ?? ends };
}

const token = noise(20, 7);
const first = noise(64, 11);
const second = noise(64, 13);
const long = noise(900, 17);
const [user, password, host] = [noise(12, 19), `${noise(8, 23)}"\\${noise(4, 29)}`, noise(14, 31)];

/** One of every kind that is hard to find again once it was written in another way. */
export const CANARIES: readonly Canary[] = [
  canary({ name: 'CANARY_TOKEN', value: token }),
  canary({
    name: 'CANARY_QUOTED',
    value: `Hq"4'\\nW\\u0041\`x2 <&>\n${noise(9, 37)}-ñ☃😀"'\\end9${noise(6, 41)}`,
  }),
  canary({
    name: 'CANARY_PEM',
    // A key in PEM form would make scanners of repositories cry out.
    value: ['-----BEGIN CANARY-----', first, second, '-----END CANARY-----', ''].join('\n'),
    pieces: [first.slice(0, PIECE), second.slice(-PIECE)],
  }),
  canary({ name: 'CANARY_URL', value: `u%7E${noise(5, 43)}?p=1&q#/@:x+y z;é${noise(4, 47)}` }),
  canary({ name: 'CANARY_PIN', value: '904817263555', type: 'int' }),
  canary({ name: 'CANARY_SHORT', value: 'Zq7~' }),
  canary({ name: 'CANARY_LONG', value: long }),
  canary({
    name: 'CANARY_CONTROL',
    value: `${noise(7, 53)}\t${noise(3, 59)}\u001b[31m${noise(6, 61)}`,
  }),
  canary({ name: 'CANARY_PADDED', value: `  ${noise(6, 67)}\n` }),
  canary({
    name: 'CANARY_CODES',
    // No line is long enough to be a secret by itself, and printed as a value each has quotes of its own.
    value: Array.from({ length: 12 }, (_, at) => noise(7, 71 + at)).join('\n'),
    pieces: [],
  }),
  canary({
    name: 'CANARY_JSON',
    value: JSON.stringify({ user, password, pin: 735_192_641, hosts: [host] }),
    type: 'json',
    parts: [user, password, '735192641', host],
    pieces: [],
  }),
];

/** The environment of a command that may read them. */
export const CANARY_ENV: Readonly<Record<string, string>> = Object.fromEntries(
  CANARIES.map(({ name, value }) => [name, value]),
);
