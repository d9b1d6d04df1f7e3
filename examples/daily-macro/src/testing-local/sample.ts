import { join } from 'node:path';
import type { AgentId, AgentReport, Composite } from '../agents/agent-report.ts';
import type { Regime } from '../agents/regime.ts';
import { type Direction, strengthOf } from '../agents/signal.ts';
import { stanceOf } from '../aggregate/aggregate-views.ts';
import { assetClasses } from '../aggregate/asset-class.ts';
import type { ClassView } from '../aggregate/class-view.ts';
import { type Day, dayOf } from '../base/calendar.ts';
import { loadTables } from '../data/load-tables.ts';
import type { SeriesTable, Tables } from '../data/series-table.ts';

/** The shipped data. */
export const dataFolder = join(import.meta.dirname, '..', '..', 'data');
export { REFERENCE_DATE } from '../data/reference-date.ts';

let loaded: Tables | undefined;
export function realTables(): Tables {
  loaded ??= loadTables(dataFolder);
  return loaded;
}

/** A table with one value a day from `first` on, each public `lagDays` after its day. */
export function sampleTable(
  id: string,
  first: string,
  values: readonly number[],
  lagDays = 0,
): SeriesTable {
  const days = values.map((_, at) => dayOf(first) + at);
  return {
    id,
    days: Int32Array.from(days),
    published: Int32Array.from(days, (day) => day + lagDays),
    values: Float64Array.from(values),
  };
}

export function tablesOf(...tables: readonly SeriesTable[]): Tables {
  return Object.fromEntries(tables.map((table) => [table.id, table]));
}

/** The day of the last row of a table made with `sampleTable`. */
export function lastDay({ days }: SeriesTable): Day {
  return days[days.length - 1] ?? 0;
}

export function composite(direction: Direction, confidence: number): Composite {
  return { direction, confidence, strength: strengthOf(confidence) };
}

export function answered(agent: AgentId, direction: Direction, confidence: number): AgentReport {
  const signals: AgentReport & { status: 'answered' } = {
    status: 'answered',
    agent,
    composite: composite(direction, confidence),
    signals: [],
    silent: [],
  };
  return signals;
}

export function regimeOf(...scores: readonly number[]): Regime {
  const recent = scores.map((score, at) => ({ date: `2000-01-0${at + 3}`, score }));
  const score = scores.at(-1) ?? 0;
  const label = score > 0.3 ? 'risk-off' : score < -0.3 ? 'risk-on' : 'neutral';
  return { score, label, recent };
}

export function viewsOf(nets: Partial<Record<ClassView['assetClass'], number>>): ClassView[] {
  return assetClasses.map((assetClass) => {
    const net = nets[assetClass] ?? 0;
    return { assetClass, net, stance: stanceOf(net), conflicts: [], halved: false, answered: 5 };
  });
}
