import type { Day } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { combine, type Line } from '../data/line.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { type Instrument, instrumentOf } from './instrument.ts';
import { periodReturn } from './period-return.ts';

/** Returns of several instruments between the days on which all of them were observed. Nothing is filled in. */
export interface ReturnTable {
  readonly instruments: readonly string[];
  /** Day on which each return was complete; ascending. */
  readonly days: readonly Day[];
  /** One column an instrument, fractions a period. */
  readonly columns: readonly Float64Array[];
}

/** Days on which all of the instruments have an observation; none for no instruments. */
export function commonDays(tables: Tables, members: readonly Instrument[]): Day[] {
  const [first, ...rest] = members.map(({ series }): Line => tableOf(tables, series));
  if (first === undefined) return [];
  return Array.from(
    rest.reduce((line, table) => combine(line, table, (value) => value), first).days,
  );
}

function columnOf(
  tables: Tables,
  { series, pricing }: Instrument,
  days: readonly Day[],
): Float64Array {
  const table = tableOf(tables, series);
  const values = new Map(Array.from(table.days, (day, at) => [day, element(table.values, at)]));
  return Float64Array.from({ length: Math.max(0, days.length - 1) }, (_, at) => {
    const [from, to] = [element(days, at), element(days, at + 1)];
    return periodReturn(
      pricing,
      values.get(from) ?? Number.NaN,
      values.get(to) ?? Number.NaN,
      to - from,
    );
  });
}

/** The last `lookback` returns, fewer if the tables do not reach that far. */
export function returnTable(tables: Tables, ids: readonly string[], lookback: number): ReturnTable {
  const members = ids.map(instrumentOf);
  const days = commonDays(tables, members).slice(-(lookback + 1));
  return returnsBetween(tables, members, days);
}

/** Returns between consecutive `days`, each of which must be a common day. */
export function returnsBetween(
  tables: Tables,
  members: readonly Instrument[],
  days: readonly Day[],
): ReturnTable {
  return {
    instruments: members.map(({ id }) => id),
    days: days.slice(1),
    columns: members.map((instrument) => columnOf(tables, instrument, days)),
  };
}

/** Number of periods. */
export function periods(table: ReturnTable): number {
  return table.days.length;
}

/** Return of fixed weights in each period: sum of weight x return. */
export function weightedReturns(
  table: ReturnTable,
  weights: Readonly<Record<string, number>>,
): number[] {
  return table.days.map((_, at) => {
    return table.instruments.reduce((sum, id, column) => {
      return sum + (weights[id] ?? 0) * element(element(table.columns, column), at);
    }, 0);
  });
}
