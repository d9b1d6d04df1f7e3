import type { ItemCounts } from '@millrace/core';

/** `100 items, 3 failed, 90 kept`. */
export function itemsText({ total, failed, kept }: ItemCounts): string {
  const parts = [`${total} item${total === 1 ? '' : 's'}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (kept > 0) parts.push(`${kept} kept`);
  return parts.join(', ');
}
