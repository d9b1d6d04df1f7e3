import { type AssetClass, assetClasses } from '../aggregate/asset-class.ts';
import { type Day, dayOf } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { z } from '../base/schema.ts';
import type { Tables } from '../data/series-table.ts';
import { type Instrument, instrumentOf } from '../market/instrument.ts';
import { isLive, marketDay } from '../market/live-instruments.ts';
import { commonDays, type ReturnTable, returnsBetween } from '../market/return-table.ts';
import type { Book } from './book.ts';

const Losses = z.record(z.string(), z.number());

/** The book at the newest public prices. */
export const Mark = z
  .object({
    equityDollars: z.number().positive(),
    highWaterDollars: z.number().positive(),
    /** Share lost since the high-water mark, 0 or more. */
    drawdown: z.number().min(0),
    /** Held weights after the prices moved. */
    weights: Losses,
    /** Trading days since the book was struck. */
    days: z.int().min(0),
    /** Return of the last of those days as a share of equity, by class and by strategy; negative is a loss. */
    lastDayByClass: Losses,
    lastDayByStrategy: Losses,
  })
  .readonly();
export type Mark = z.infer<typeof Mark>;

interface Walk {
  equity: number;
  highWater: number;
  weights: Record<string, number>;
  lastDay: Record<string, number>;
}

/** Lets the weights drift through one day. */
function step(walk: Walk, returns: Readonly<Record<string, number>>): void {
  const contributions = Object.entries(walk.weights).map(([id, weight]) => {
    return [id, weight * (returns[id] ?? 0)] as const;
  });
  const total = contributions.reduce((sum, [, gain]) => sum + gain, 0);
  walk.equity *= 1 + total;
  walk.highWater = Math.max(walk.highWater, walk.equity);
  walk.lastDay = Object.fromEntries(contributions);
  for (const [id, weight] of Object.entries(walk.weights)) {
    walk.weights[id] = (weight * (1 + (returns[id] ?? 0))) / (1 + total);
  }
}

const returnsOn = (table: ReturnTable, at: number): Record<string, number> => {
  return Object.fromEntries(
    table.instruments.map((id, column) => [id, element(element(table.columns, column), at)]),
  );
};

function byClass(lastDay: Readonly<Record<string, number>>): Record<string, number> {
  const sums = new Map<AssetClass, number>(assetClasses.map((name) => [name, 0]));
  for (const [id, gain] of Object.entries(lastDay)) {
    const { assetClass } = instrumentOf(id);
    sums.set(assetClass, (sums.get(assetClass) ?? 0) + gain);
  }
  return Object.fromEntries(sums);
}

function byStrategy(
  lastDay: Readonly<Record<string, number>>,
  { attribution }: Book,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [id, gain] of Object.entries(lastDay)) {
    for (const [strategy, share] of Object.entries(attribution[id] ?? {})) {
      sums[strategy] = (sums[strategy] ?? 0) + gain * share;
    }
  }
  return sums;
}

/** Days from the book's own prices to the newest public ones; the first is the book's. */
function daysSince(book: Book, tables: Tables, live: readonly Instrument[], asOf: Day): Day[] {
  const last = marketDay(tables, asOf);
  if (book.priced === null || last === undefined) return [];
  const first = dayOf(book.priced);
  return commonDays(tables, live).filter((day) => day >= first && day <= last);
}

/**
 * Walks the book day by day from its own prices to the newest public ones. A held instrument whose price is stale
 * stands still at its last price.
 */
export function markToMarket(book: Book, tables: Tables, asOf: Day): Mark {
  const walk: Walk = {
    equity: book.equityDollars,
    highWater: book.highWaterDollars,
    weights: { ...book.weights },
    lastDay: {},
  };
  const held = Object.keys(book.weights).map(instrumentOf);
  const live = held.filter((instrument) => isLive(instrument, tables, asOf));
  const table = returnsBetween(tables, live, daysSince(book, tables, live, asOf));
  for (const at of table.days.keys()) step(walk, returnsOn(table, at));
  return {
    equityDollars: walk.equity,
    highWaterDollars: walk.highWater,
    drawdown: 1 - walk.equity / walk.highWater,
    weights: walk.weights,
    days: table.days.length,
    lastDayByClass: byClass(walk.lastDay),
    lastDayByStrategy: byStrategy(walk.lastDay, book),
  };
}
