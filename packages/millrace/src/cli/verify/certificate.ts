import { formatDuration } from '@millrace/core';
import { countOf, listOf } from '../report/words.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import { type Breach, CHECKS, type Check } from './check-case.ts';

export interface BreachedCase {
  /** How the run was killed. */
  readonly kill: string;
  readonly breaches: readonly Breach[];
  /** Where its store is kept. */
  readonly store: string;
}

/** What a torture has proven. */
export interface Certificate {
  readonly ok: boolean;
  readonly pipeline: string;
  /** As people see it. */
  readonly config: string;
  readonly stages: number;
  /** How the run ends without a kill. */
  readonly status: string;
  readonly seed: number;
  readonly cases: number;
  readonly kills: number;
  readonly sessions: number;
  readonly durationMs: number;
  /** Named points that a run, and a resume, passes; and how many of them were tried. */
  readonly points: { readonly known: number; readonly tried: number };
  /** The longest time from the start of a resume's process to its first stage. */
  readonly slowestRecoveryMs?: number;
  /** Context keys that differ between two runs without a kill. */
  readonly notCompared: readonly string[];
  readonly breached: readonly BreachedCase[];
}

export function certificateLines(certificate: Certificate, paint: Paint): readonly string[] {
  const { ok, cases, kills, points, breached, durationMs, notCompared, seed } = certificate;
  const recovery = certificate.slowestRecoveryMs;
  const checks = Object.entries(CHECKS).map(([check, text]) => {
    const bad = breached.filter(({ breaches }) => breaches.some((found) => found.check === check));
    return `  ${markOf(bad.length === 0 ? 'succeeded' : 'failed', paint)} ${text}: ${cases - bad.length} of ${cases}`;
  });
  return [
    '',
    ...breached.flatMap((broken) => breachLines(broken, paint)),
    ...checks,
    ...(notCompared.length === 0
      ? []
      : [
          paint('dim', `  not compared, since they differ from run to run: ${listOf(notCompared)}`),
        ]),
    ...(recovery === undefined
      ? []
      : [
          paint(
            'dim',
            `  slowest resume: first stage ${formatDuration(recovery)} after the start of the process`,
          ),
        ]),
    '',
    `${markOf(ok ? 'succeeded' : 'failed', paint)} ${countOf(kills, 'kill')} in ${countOf(cases, 'run')}, ` +
      `${points.tried} of ${countOf(points.known, 'crash point')}, seed ${seed}: ` +
      `${countOf(breached.length, 'breach').replace(/breachs$/, 'breaches')} in ${formatDuration(durationMs)}`,
  ];
}

function breachLines({ kill, breaches, store }: BreachedCase, paint: Paint): readonly string[] {
  return [
    `${markOf('failed', paint)} killed ${kill}`,
    ...breaches.map(({ check, message }) => `    ${titleOf(check)}: ${message.trimEnd()}`),
    paint('dim', `    store: ${store}`),
  ];
}

function titleOf(check: Check): string {
  return `not so: ${CHECKS[check]}`;
}
