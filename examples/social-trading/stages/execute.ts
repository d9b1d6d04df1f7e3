import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { Execution } from '../src/broker/execution.ts';
import { BrokerSettings, openBroker } from '../src/broker/open-broker.ts';
import { requirePrice } from '../src/broker/require-price.ts';
import { planTrade, TradeRules } from '../src/broker/trade.ts';
import { Signal } from '../src/consensus/signal.ts';
import { GateDecision } from '../src/gate/check-gate.ts';
import { LedgerSettings, type SharedLedger, shareLedger } from '../src/ledger/share-ledger.ts';
import type { MarketData } from '../src/market/market-data.ts';
import { MarketSettings, openMarket } from '../src/market/open-market.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { RiskDecision } from '../src/risk/check-risk.ts';

export default class Execute extends PipelineStage.of({
  description: 'Places an order, or records what a closed gate kept from being placed.',
  params: z.object({
    market: MarketSettings,
    ledger: LedgerSettings,
    broker: BrokerSettings.prefault({ kind: 'paper' }),
    trade: TradeRules.prefault({}),
  }),
  inputs: z.object({ signal: Signal, risk: RiskDecision, gate: GateDecision }),
  outputs: z.object({ execution: Execution }),
}) {
  #market: MarketData | undefined;
  #shared: SharedLedger | undefined;

  override setup({ params }: SetupScope<typeof Execute>) {
    this.#market = openMarket(params.market);
    this.#shared = shareLedger(params.ledger, this.#market);
  }

  async run({ inputs, params }: StageScope<typeof Execute>) {
    rehearse('execute');
    const { signal, risk, gate } = inputs;
    const { ledger } = opened(this.#shared);
    const price = requirePrice(opened(this.#market), signal.ticker, signal.at);
    const factor = gate.open ? gate.factor : 1;
    const plan = planTrade({ signal, price, value: risk.value, factor }, params.trade);
    if (!gate.open) {
      ledger.gateLog.record(signal, plan, gate.reasons);
      return { execution: { kind: 'recorded' as const, plan } };
    }
    const messageIds = signal.messages.map(({ messageId }) => messageId);
    const broker = openBroker(params.broker, ledger);
    const request = { key: signal.id, messageIds, plan, at: signal.at };
    const order = await broker.place(request);
    rehearse('placed');
    return { execution: { kind: 'placed' as const, order } };
  }

  override teardown() {
    this.#shared?.release();
  }
}
