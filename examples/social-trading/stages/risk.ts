import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { CalendarSettings, TradingCalendar } from '../src/calendar/trading-calendar.ts';
import { Signal } from '../src/consensus/signal.ts';
import { LedgerSettings, type SharedLedger, shareLedger } from '../src/ledger/share-ledger.ts';
import { MarketSettings, openMarket } from '../src/market/open-market.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { checkRisk, RiskDecision } from '../src/risk/check-risk.ts';
import { RiskLimits } from '../src/risk/risk-limits.ts';
import { Score } from '../src/scoring/score-signal.ts';
import { SIZE_OF_TIER } from '../src/scoring/tier.ts';

export default class Risk extends PipelineStage.of({
  description: 'Checks a trade against the account and its limits.',
  params: z.object({
    market: MarketSettings,
    ledger: LedgerSettings,
    calendar: CalendarSettings.prefault({}),
    fullSize: z.number().positive().describe('Dollars of a strong signal, before any limit.'),
    blocked: z.boolean().default(false).describe('Nothing is traded.'),
    limits: RiskLimits.prefault({}),
  }),
  inputs: z.object({ signal: Signal, score: Score }),
  outputs: z.object({ risk: RiskDecision }),
}) {
  #calendar: TradingCalendar | undefined;
  #shared: SharedLedger | undefined;

  override setup({ params }: SetupScope<typeof Risk>) {
    this.#calendar = new TradingCalendar(params.calendar);
    this.#shared = shareLedger(params.ledger, openMarket(params.market));
  }

  run({ inputs, params }: StageScope<typeof Risk>) {
    rehearse('risk');
    const { signal, score } = inputs;
    const { at, direction, messages } = signal;
    const { broker } = opened(this.#shared).ledger;
    broker.watch(at);
    const ids = messages.map(({ messageId }) => messageId);
    const account = { ...broker.account(at, ids), isBlocked: params.blocked };
    const value = params.fullSize * SIZE_OF_TIER[score.tier];
    const request = { direction, value, now: at };
    const { limits } = params;
    return { risk: checkRisk(request, account, limits, opened(this.#calendar)) };
  }

  override teardown() {
    this.#shared?.release();
  }
}
