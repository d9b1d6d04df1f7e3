import type { ItemCounts } from '@millrace/core';
import { z } from '../zod.ts';
import { jsonColumn } from './columns.ts';

export const itemsColumn = jsonColumn(
  z.object({ total: z.int().min(0), failed: z.int().min(0), kept: z.int().min(0) }),
).nullable();

export function itemsText(items: ItemCounts | undefined): string | null {
  return items === undefined ? null : JSON.stringify(items);
}
