import { z } from '../zod.ts';
import { jsonColumn } from './columns.ts';

export const anyItemCounts = z.object({
  total: z.int().min(0),
  failed: z.int().min(0),
  kept: z.int().min(0),
});

export const itemsColumn = jsonColumn(anyItemCounts).nullable();
