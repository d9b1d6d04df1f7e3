import type { StreamCounts, StreamEnd, StreamHealth } from '@millrace/stream';
import type { Social } from '../flow/open-social.ts';
import type { HeldBack } from '../sentiment/sentiment-analyzer.ts';
import type { PostCounts } from '../source/ticker-source.ts';

/** Of the orders in the ledger. */
export interface BrokerSummary {
  readonly orders: number;
  readonly open: number;
  readonly stopped: number;
  readonly reachedTarget: number;
  /** Dollars. */
  readonly realised: number;
}

/** What a replay came to. */
export interface Summary {
  readonly reason: StreamEnd['reason'] | 'interrupted';
  readonly analyzer: { readonly name: string; readonly heldBack: HeldBack | null };
  readonly market: string;
  readonly posts: PostCounts;
  readonly counts: StreamCounts;
  /** Messages that waited in the buffer at some time. */
  readonly buffered: number;
  /** Final statuses together; equal to `counts.received` once all is over and nothing was given up. */
  readonly decided: number;
  readonly broker: BrokerSummary;
  readonly gateRecords: number;
  readonly health: StreamHealth;
  /** Of the wall clock. */
  readonly seconds: number;
  readonly failure?: string;
}

export function summarise(
  { source, ledger, analyzer, market }: Social,
  { reason, failure, counts }: StreamEnd,
  { buffered, health, seconds }: Pick<Summary, 'buffered' | 'health' | 'seconds'>,
): Summary {
  const ended = Object.values(counts.statuses).reduce((sum, count) => sum + count, 0);
  const decided = ended - givenUp(counts);
  const [gate] = ledger.rows('SELECT count(*) AS n FROM gate_records');
  return {
    reason,
    analyzer: { name: analyzer.name, heldBack: analyzer.heldBack },
    market,
    posts: source.counts,
    counts,
    buffered,
    decided,
    broker: brokerSummary(ledger),
    gateRecords: Number(gate?.n),
    health,
    seconds,
    ...(failure === undefined ? {} : { failure: failure.message }),
  };
}

/** Messages that a stop cut off, or whose result nobody took: not in the ledger. */
export function givenUp({ statuses }: Pick<StreamCounts, 'statuses'>): number {
  return (statuses.cancelled ?? 0) + (statuses.unsent ?? 0);
}

export function brokerSummary(ledger: Social['ledger']): BrokerSummary {
  const [row] = ledger.rows(`SELECT count(*) AS orders, coalesce(sum(closed_at IS NULL), 0) AS open,
    coalesce(sum(close_reason = 'stop'), 0) AS stopped,
    coalesce(sum(close_reason = 'target'), 0) AS target, coalesce(sum(profit), 0) AS realised FROM orders`);
  return {
    orders: Number(row?.orders),
    open: Number(row?.open),
    stopped: Number(row?.stopped),
    reachedTarget: Number(row?.target),
    realised: Number(row?.realised),
  };
}
