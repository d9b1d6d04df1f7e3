import type { Day } from '../base/calendar.ts';
import { type SeriesSpec, seriesCatalog } from '../data/series-catalog.ts';
import type { Tables } from '../data/series-table.ts';
import { curveIssues, pointInTimeErrors, rangeErrors, staleSeries } from './find-faults.ts';
import type { Deductions, QualityGrade, QualityReport } from './quality-report.ts';

/** Points a fault costs, and the most that its kind can cost. */
const STALENESS_MAXIMUM = 30;
const RANGE = { each: 2, maximum: 20 } as const;
const CURVE = { each: 2, maximum: 20 } as const;
const POINT_IN_TIME = { each: 5, maximum: 30 } as const;

const PASS_FROM = 70;
const WARN_FROM = 40;

export function gradeOf(score: number): QualityGrade {
  if (score >= PASS_FROM) return 'PASS';
  return score >= WARN_FROM ? 'WARN' : 'FAIL';
}

function deduct(count: number, { each, maximum }: { each: number; maximum: number }): number {
  return Math.min(maximum, count * each);
}

/**
 * Score = 100 - staleness - range - curve - point in time, where staleness = 30 x stale series / all series.
 * Nothing delivered at all is a FAIL with score 0, whatever the sum says.
 */
export function assessQuality(
  tables: Tables,
  asOf: Day,
  catalog: readonly SeriesSpec[] = seriesCatalog,
): QualityReport {
  const stale = staleSeries(tables, catalog, asOf);
  const range = rangeErrors(tables, catalog);
  const curve = curveIssues(tables, catalog, asOf);
  const pointInTime = pointInTimeErrors(tables, asOf);
  const deductions: Deductions = {
    staleness: (STALENESS_MAXIMUM * stale.length) / Math.max(1, catalog.length),
    range: deduct(range.length, RANGE),
    curve: deduct(curve.length, CURVE),
    pointInTime: deduct(pointInTime.length, POINT_IN_TIME),
  };
  const isEmpty = Object.values(tables).every(({ values }) => values.length === 0);
  const taken = Object.values(deductions).reduce((sum, points) => sum + points, 0);
  const score = isEmpty ? 0 : 100 - taken;
  return {
    score,
    grade: gradeOf(score),
    deductions,
    seriesCount: catalog.length,
    staleCount: stale.length,
    faults: [...pointInTime, ...curve, ...range, ...stale],
  };
}

/** Why a run stops here under `policy`, or undefined when it may go on. */
export function stopReason(report: QualityReport, stopAt: 'FAIL' | 'WARN'): string | undefined {
  const stops = report.grade === 'FAIL' || (stopAt === 'WARN' && report.grade === 'WARN');
  if (!stops) return undefined;
  const first = report.faults[0];
  const example =
    first === undefined ? '' : `; first: ${[first.series, first.detail].filter(Boolean).join(' ')}`;
  return `data quality ${report.score.toFixed(1)} is ${report.grade} (${report.staleCount} of ${report.seriesCount} series stale${example})`;
}
