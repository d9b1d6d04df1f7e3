import { renderJson } from './render-json.ts';

/** Stands in a file where the disk refused `count` lines. */
export function gapLine(count: number, nowMs: number): string {
  return renderJson({
    time: new Date(nowMs).toISOString(),
    level: 'warn',
    message: `${count} log lines are missing here: the disk refused them`,
    fields: { code: 'LOG_WRITE_FAILED', missing: count },
  });
}
