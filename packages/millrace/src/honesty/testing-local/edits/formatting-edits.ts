import type { Market } from '../market/market.ts';
import { ROLES } from '../market/market-stages.ts';
import { restyled, type StyleAspect } from '../project/config-style.ts';
import { type ModuleAspect, reformatted } from '../project/reformat-module.ts';
import { HELPERS } from './code-edits.ts';
import { type EditKind, type EditKinds, NOTHING, oneOf } from './edit.ts';

const LAYOUT: readonly ModuleAspect[] = ['indent', 'quotes', 'blank lines', 'line breaks'];

const stageModule =
  (aspects: readonly ModuleAspect[]): EditKind<Market> =>
  (market, random) =>
    reformat(market, market.stage(oneOf(ROLES, random)).uses, oneOf(aspects, random), random);

const helper =
  (aspects: readonly ModuleAspect[]): EditKind<Market> =>
  (market, random) =>
    reformat(market, oneOf(HELPERS, random), oneOf(aspects, random), random);

const config =
  (aspect: StyleAspect): EditKind<Market> =>
  (market, random) => {
    market.style = restyled(market.style, aspect, random);
    market.save();
    return NOTHING;
  };

/** None of them changes what anything means. */
export const FORMATTING_EDITS: EditKinds<Market> = {
  'comment in a stage module': stageModule(['comments']),
  'comment in a helper': helper(['comments']),
  'comment in the config': config('comments'),
  'formatting of a stage module': stageModule(LAYOUT),
  'formatting of a helper': helper(LAYOUT),
  'types of a stage module': stageModule(['types']),
  'types of a helper': helper(['types']),
  'indent of the config': config('indent'),
  'blank lines of the config': config('blank lines'),
  'quotes of the config': config('quotes'),
  'flow or block style of the config': config('flow or block'),
  'order of keys in the config': config('order of keys'),
};

const reformat = (
  { project }: Market,
  file: string,
  aspect: ModuleAspect,
  random: Parameters<EditKind<Market>>[1],
): typeof NOTHING => {
  const text = project.read(file);
  const changed = reformatted(text, aspect, random);
  // A module without imports has no quotes to change.
  project.write(file, changed === text ? reformatted(text, 'blank lines', random) : changed);
  return NOTHING;
};
