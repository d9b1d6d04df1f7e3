import type { RunStatus } from './run-status.ts';
import type { RunSummary } from './run-summary.ts';
import { percent } from './stage-detail.ts';

/** The lines of a run as a person or a CI log reads them. Pure text: only the reporter prints. */
const WIDTH = 64;
const RULE = '='.repeat(WIDTH);
const THIN_RULE = '-'.repeat(WIDTH);
const STAGE_COLUMN = 12;
const LABEL_COLUMN = 16;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)}s`;

export function headerLines(date: string, isDryRun = false): string[] {
  const title = `DAILY MACRO PIPELINE -- ${date}${isDryRun ? ' (dry run)' : ''}`;
  return [RULE, title, RULE];
}

export type StageLine =
  | {
      readonly status: 'done';
      readonly stage: string;
      readonly ms: number;
      readonly detail?: string;
    }
  | {
      readonly status: 'failed';
      readonly stage: string;
      readonly ms: number;
      readonly reason: string;
    };

/** `✓ agents:      0.2s [5 agents, 23 signals]` or `✗ agents:      0.2s FAILED -- reason`. */
export function stageLine(line: StageLine): string {
  const name = `${line.stage}:`.padEnd(STAGE_COLUMN);
  const time = seconds(line.ms).padStart(6);
  switch (line.status) {
    case 'done': {
      const detail = line.detail === undefined ? '' : ` [${line.detail}]`;
      return `✓ ${name}${time}${detail}`;
    }
    case 'failed':
      return `✗ ${name}${time} FAILED -- ${line.reason}`;
    default:
      return line satisfies never;
  }
}

const signed = (weight: number): string => `${weight > 0 ? '+' : ''}${percent(weight)}`;
export const labelled = (label: string, text: string): string =>
  `${`${label}:`.padEnd(LABEL_COLUMN)}${text}`;

function figures(summary: RunSummary): string[] {
  const top = summary.topPositions.map(
    ({ instrument, weight }) => `${instrument} ${signed(weight)}`,
  );
  return [
    labelled('Agents', `${summary.agentsAnswered} of ${summary.agentsTotal}`),
    labelled('Signals', String(summary.signals)),
    labelled('Positions', String(summary.positions)),
    labelled('Top positions', top.length === 0 ? 'None' : top.join(', ')),
    labelled('Leverage', `${summary.leverage.toFixed(1)}x`),
    labelled('VaR (95 %)', `${percent(summary.var95)} (one day, ${summary.varMethod})`),
    labelled('Regime', `${summary.regime} (${summary.regimeScore.toFixed(2)})`),
    labelled('Risk alerts', summary.alerts.length === 0 ? 'None' : summary.alerts.join('; ')),
  ];
}

const SHORTFALLS_SHOWN = 3;

function shortfallLines(shortfalls: readonly string[]): string[] {
  const lines = shortfalls.slice(0, SHORTFALLS_SHOWN).map((text) => labelled('Degraded', text));
  const more = shortfalls.length - lines.length;
  return more > 0 ? [...lines, labelled('Degraded', `and ${more} more`)] : lines;
}

/** The summary of a run; without figures when it failed before there were any. */
export function summaryLines(
  summary: RunSummary | undefined,
  totalMs: number,
  status: RunStatus,
): string[] {
  const body =
    summary === undefined ? [] : [...figures(summary), ...shortfallLines(summary.shortfalls)];
  const total = labelled('Total', `${seconds(totalMs)} ${status}`);
  return [THIN_RULE, ...body, total, RULE];
}
