import type { SeededRandom } from '@millrace/core';

/** How a config is written down; none of it changes what the config means. */
export interface ConfigStyle {
  /** Spaces a level. */
  readonly indent: number;
  readonly quote: 'needed' | 'single' | 'double';
  /** From this depth on maps are written within braces. */
  readonly flowFrom: number;
  readonly isSpacious: boolean;
  /** The order of keys in each map comes from it; 0: as they were put in. */
  readonly orderSeed: number;
  /** Comments are numbered by it and fall elsewhere; 0: none. */
  readonly commentSeed: number;
}

export const PLAIN_STYLE: ConfigStyle = {
  indent: 2,
  quote: 'needed',
  flowFrom: 3,
  isSpacious: false,
  orderSeed: 0,
  commentSeed: 0,
};

/** Deep enough that no map is written within braces. */
const ONLY_BLOCKS = 9;

const CHANGES = {
  indent: ({ indent }, random) => ({
    indent: indent === 2 ? 3 + random.integer(2) : 2,
  }),
  'blank lines': ({ isSpacious }) => ({ isSpacious: !isSpacious }),
  quotes: ({ quote }, random) => ({
    quote: other(['needed', 'single', 'double'] as const, quote, random),
  }),
  'flow or block': ({ flowFrom }, random) => ({
    flowFrom: other([2, 3, 4, ONLY_BLOCKS], flowFrom, random),
  }),
  'order of keys': (_, random) => ({ orderSeed: 1 + random.integer(1e6) }),
  comments: (_, random) => ({ commentSeed: 1 + random.integer(1e6) }),
} satisfies Record<string, (style: ConfigStyle, random: SeededRandom) => Partial<ConfigStyle>>;

export type StyleAspect = keyof typeof CHANGES;

/** Another style that differs in one aspect. */
export function restyled(
  style: ConfigStyle,
  aspect: StyleAspect,
  random: SeededRandom,
): ConfigStyle {
  return { ...style, ...CHANGES[aspect](style, random) };
}

function other<Item>(all: readonly Item[], not: Item, random: SeededRandom): Item {
  const others = all.filter((item) => item !== not);
  return others[random.integer(others.length)] as Item;
}
