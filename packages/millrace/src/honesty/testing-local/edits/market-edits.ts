import type { Market } from '../market/market.ts';
import { CODE_EDITS } from './code-edits.ts';
import { CONDITION_EDITS } from './condition-edits.ts';
import type { EditKinds } from './edit.ts';
import { FILE_EDITS } from './file-edits.ts';
import { FORMATTING_EDITS } from './formatting-edits.ts';
import { GRAPH_EDITS } from './graph-edits.ts';
import { PARAM_EDITS } from './param-edits.ts';
import { SETTINGS_EDITS } from './settings-edits.ts';

export const MARKET_EDITS: EditKinds<Market> = {
  ...PARAM_EDITS,
  ...FORMATTING_EDITS,
  ...CODE_EDITS,
  ...FILE_EDITS,
  ...GRAPH_EDITS,
  ...CONDITION_EDITS,
  ...SETTINGS_EDITS,
};
