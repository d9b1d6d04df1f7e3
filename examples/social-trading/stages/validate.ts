import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { Signal } from '../src/consensus/signal.ts';
import type { MarketData } from '../src/market/market-data.ts';
import { MarketSettings, openMarket } from '../src/market/open-market.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { readIndicators } from '../src/technical/readings.ts';
import { Validation, ValidationRules, validateSignal } from '../src/technical/validate-signal.ts';

export default class Validate extends PipelineStage.of({
  description: 'Holds a signal against the indicators of its share.',
  params: z.object({
    market: MarketSettings,
    bars: z.int().min(1).default(50),
    rules: ValidationRules.prefault({}),
  }),
  inputs: z.object({ signal: Signal }),
  outputs: z.object({ validation: Validation }),
}) {
  #market: MarketData | undefined;

  override setup({ params }: SetupScope<typeof Validate>) {
    this.#market = openMarket(params.market);
  }

  run({ inputs, params }: StageScope<typeof Validate>) {
    rehearse('validate');
    const { ticker, at, direction } = inputs.signal;
    const bars = opened(this.#market).fiveMinuteBars(ticker, at, params.bars);
    return { validation: validateSignal(direction, readIndicators(bars), params.rules) };
  }
}
