import { KEY_SLIPS } from './key-slips.ts';
import { LAYOUT_SLIPS } from './layout-slips.ts';
import type { MutationKind } from './mutation.ts';
import { NAME_SLIPS } from './name-slips.ts';
import { PLACEHOLDER_SLIPS } from './placeholder-slips.ts';
import { PUNCTUATION_SLIPS } from './punctuation-slips.ts';
import { STRUCTURE_SLIPS } from './structure-slips.ts';
import { VALUE_SLIPS } from './value-slips.ts';

/** Every way to spoil a config that is tried. */
export const ALL_KINDS: readonly MutationKind[] = [
  ...KEY_SLIPS,
  ...NAME_SLIPS,
  ...PLACEHOLDER_SLIPS,
  ...VALUE_SLIPS,
  ...STRUCTURE_SLIPS,
  ...PUNCTUATION_SLIPS,
  ...LAYOUT_SLIPS,
];
