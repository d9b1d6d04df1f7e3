import { type Day, isoOf } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import type { SeriesSpec } from '../data/series-catalog.ts';
import { latestValue, type SeriesTable, type Tables } from '../data/series-table.ts';
import type { QualityFault } from './quality-report.ts';
import { ageInDays, isStale } from './staleness.ts';

const MINIMUM_TENORS = 5;

const empty = (id: string): SeriesTable => ({
  id,
  days: new Int32Array(),
  published: new Int32Array(),
  values: new Float64Array(),
});

/** The table of a series; one that was never delivered counts as empty. */
function delivered(tables: Tables, { id }: SeriesSpec): SeriesTable {
  return tables[id] ?? empty(id);
}

export function staleSeries(
  tables: Tables,
  catalog: readonly SeriesSpec[],
  asOf: Day,
): QualityFault[] {
  return catalog.flatMap((spec): QualityFault[] => {
    const table = delivered(tables, spec);
    if (!isStale(table, spec.frequency, asOf)) return [];
    const age = ageInDays(table, asOf);
    const detail = Number.isFinite(age)
      ? `newest is of ${isoOf(element(table.days, -1))}, published ${age} days ago`
      : 'no observation';
    return [{ kind: 'stale', series: spec.id, detail }];
  });
}

/** One fault for each observation outside of the series' range, or not a number. */
export function rangeErrors(tables: Tables, catalog: readonly SeriesSpec[]): QualityFault[] {
  return catalog.flatMap((spec) => {
    const { days, values } = delivered(tables, spec);
    const faults: QualityFault[] = [];
    values.forEach((value, at) => {
      if (value >= spec.minimum && value <= spec.maximum) return;
      const detail = `${value} on ${isoOf(element(days, at))} is outside of ${spec.minimum} to ${spec.maximum}`;
      faults.push({ kind: 'range', series: spec.id, detail });
    });
    return faults;
  });
}

/** One fault for each tenor missing to five, and for each negative nominal yield. Stale tenors do not count. */
export function curveIssues(
  tables: Tables,
  catalog: readonly SeriesSpec[],
  asOf: Day,
): QualityFault[] {
  const tenors = catalog.filter(({ tenorYears }) => tenorYears !== undefined);
  const usable = tenors.filter((spec) => !isStale(delivered(tables, spec), spec.frequency, asOf));
  const missing = Math.max(0, MINIMUM_TENORS - usable.length);
  const detail = `${usable.length} current tenors, ${MINIMUM_TENORS} needed`;
  const short = Array.from({ length: missing }, (): QualityFault => ({ kind: 'curve', detail }));
  const negative = usable.flatMap((spec): QualityFault[] => {
    const value = latestValue(delivered(tables, spec));
    return value < 0
      ? [{ kind: 'curve', series: spec.id, detail: `nominal yield is ${value} %` }]
      : [];
  });
  return [...short, ...negative];
}

/** One fault for each series that holds a row published after `asOf`, before its own day, or out of order. */
export function pointInTimeErrors(tables: Tables, asOf: Day): QualityFault[] {
  return Object.values(tables).flatMap((table): QualityFault[] => {
    const detail = pointInTimeError(table, asOf);
    return detail === undefined ? [] : [{ kind: 'point-in-time', series: table.id, detail }];
  });
}

function pointInTimeError({ days, published }: SeriesTable, asOf: Day): string | undefined {
  for (const [at, day] of days.entries()) {
    const known = element(published, at);
    const row = `the observation of ${isoOf(day)}`;
    if (known > asOf) return `${row} was published on ${isoOf(known)}, after the run's date`;
    if (known < day) return `${row} is marked published on ${isoOf(known)}, before its day`;
    if (at > 0 && day <= element(days, at - 1)) return `${row} is out of order`;
  }
  return undefined;
}
