import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { CalendarSettings, TradingCalendar } from '../src/calendar/trading-calendar.ts';
import { Signal } from '../src/consensus/signal.ts';
import { checkGate, GateDecision, GateRules } from '../src/gate/check-gate.ts';
import { marketState } from '../src/gate/market-state.ts';
import type { MarketData } from '../src/market/market-data.ts';
import { MarketSettings, openMarket } from '../src/market/open-market.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { RiskDecision } from '../src/risk/check-risk.ts';

export default class Gate extends PipelineStage.of({
  description: 'Opens where hours, VIX and volume allow a trade.',
  params: z.object({
    market: MarketSettings,
    calendar: CalendarSettings.prefault({}),
    rules: GateRules.prefault({}),
  }),
  inputs: z.object({ signal: Signal, risk: RiskDecision }),
  outputs: z.object({ gate: GateDecision }),
}) {
  #market: MarketData | undefined;
  #calendar: TradingCalendar | undefined;

  override setup({ params }: SetupScope<typeof Gate>) {
    this.#market = openMarket(params.market);
    this.#calendar = new TradingCalendar(params.calendar);
  }

  run({ inputs, params }: StageScope<typeof Gate>) {
    rehearse('gate');
    const { ticker, at } = inputs.signal;
    const calendar = opened(this.#calendar);
    const state = marketState(opened(this.#market), ticker, at, calendar);
    return { gate: checkGate(at, state, params.rules, calendar) };
  }
}
