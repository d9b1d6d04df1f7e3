import { formatDuration, type ItemRecord } from '@millrace/core';
import type { StageReport } from '../runs/run-report.ts';
import { cutTo } from '../terminal/printable.ts';
import { paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { itemsText } from './items-text.ts';
import { shortFailure } from './short-failure.ts';
import { countOf } from './words.ts';

/** So many failed items are listed with their stage. */
const MOST_FAILED = 20;

/** Items that failed and are not done since. One that was dropped from the input is told until the stage succeeds. */
export function failedItems(
  { status, attempts }: Pick<StageReport, 'status' | 'attempts'>,
  items: readonly ItemRecord[],
): readonly ItemRecord[] {
  const isOpen = status !== 'succeeded';
  return byKey(items.filter((item) => item.status === 'failed')).filter(
    ({ attempt }) => isOpen || attempt === attempts,
  );
}

export function byKey(items: readonly ItemRecord[]): readonly ItemRecord[] {
  return [...items].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** `3,000 items, 12 failed`; of a stage that has no outcome yet, how many are on record. */
export function itemsFact(
  { items: counts }: Pick<StageReport, 'items'>,
  items: readonly ItemRecord[],
): string | undefined {
  if (counts !== undefined) return itemsText(counts);
  if (items.length === 0) return undefined;
  const failed = items.filter(({ status }) => status === 'failed').length;
  const done = `${countOf(items.length - failed, 'item')} done so far`;
  return failed === 0 ? done : `${done}, ${failed} failed`;
}

/** The failed items of a stage, each with its cause. */
export function failedItemLines(failed: readonly ItemRecord[], paint: Paint): string[] {
  const more = failed.length - MOST_FAILED;
  return [
    itemTable(failed.slice(0, MOST_FAILED), paint),
    ...(more > 0 ? [`and ${countOf(more, 'failed item')} more: add --items for each item`] : []),
  ];
}

const LONGEST_KEY = 40;

const COLUMNS = [
  { title: 'item' },
  { title: 'status' },
  { title: 'attempt', right: true },
  { title: 'tries', right: true },
  { title: 'duration', right: true },
  { title: 'note' },
];

export function itemTable(items: readonly ItemRecord[], paint: Paint): string {
  const rows = items.map(({ key, status, attempt, tries, durationMs, failure }) => [
    shownKey(key),
    paintStatus(status, paint),
    String(attempt),
    String(tries),
    formatDuration(durationMs),
    failure === undefined ? '' : shortFailure(failure),
  ]);
  return table(COLUMNS, rows, paint);
}

/** A key that would break the table, or show as nothing, is quoted. */
function shownKey(key: string): string {
  const shown = /^$|^\s|\s$|\p{C}/u.test(key) ? JSON.stringify(key) : key;
  return cutTo(shown, LONGEST_KEY);
}
