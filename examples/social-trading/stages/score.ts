import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { CalendarSettings, TradingCalendar } from '../src/calendar/trading-calendar.ts';
import { Signal } from '../src/consensus/signal.ts';
import { LedgerSettings, type SharedLedger, shareLedger } from '../src/ledger/share-ledger.ts';
import type { MarketData } from '../src/market/market-data.ts';
import { MarketSettings, openMarket } from '../src/market/open-market.ts';
import { knownVolatility } from '../src/market/volatility-percentile.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { Score, scoreSignal } from '../src/scoring/score-signal.ts';
import { timeWeight } from '../src/scoring/time-weight.ts';
import { optionsModifier } from '../src/technical/options-modifier.ts';
import { Validation } from '../src/technical/validate-signal.ts';

export default class ScoreStage extends PipelineStage.of({
  description: 'Makes one score of conviction, technicals, author, time and company.',
  params: z.object({
    market: MarketSettings,
    ledger: LedgerSettings,
    calendar: CalendarSettings.prefault({}),
  }),
  inputs: z.object({ signal: Signal, validation: Validation }),
  outputs: z.object({ score: Score }),
}) {
  #market: MarketData | undefined;
  #calendar: TradingCalendar | undefined;
  #shared: SharedLedger | undefined;

  override setup({ params }: SetupScope<typeof ScoreStage>) {
    this.#market = openMarket(params.market);
    this.#calendar = new TradingCalendar(params.calendar);
    this.#shared = shareLedger(params.ledger, this.#market);
  }

  run({ inputs }: StageScope<typeof ScoreStage>) {
    rehearse('score');
    const [market, calendar] = [opened(this.#market), opened(this.#calendar)];
    const { signals } = opened(this.#shared).ledger;
    const { signal, validation } = inputs;
    const { ticker, at } = signal;
    signals.record(signal);
    const score = scoreSignal({
      sentiment: signal,
      verdict: validation.verdict,
      modifier: optionsModifier(market.options(ticker, at)),
      adx: validation.readings?.adx ?? null,
      volatilityPercentile: knownVolatility(market, ticker, at),
      credibility: signals.credibilityOf(signal),
      time: timeWeight(at, calendar, market.earnings(ticker)),
      signals: signals.signalsAround(signal),
    });
    return { score };
  }

  override teardown() {
    this.#shared?.release();
  }
}
