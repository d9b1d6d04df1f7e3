import type { Adapter } from '../adapter.ts';
import { bareKahn } from './bare-kahn.ts';
import { bareSqliteGrouped, bareSqliteSingle } from './bare-sqlite.ts';
import { millraceMemory, millracePipelined, millraceStrict } from './millrace.ts';

/** Each with the floor that its time is compared to. */
export const ADAPTERS: Readonly<
  Record<string, { readonly adapter: Adapter; readonly floor: string }>
> = {
  'bare kahn': { adapter: bareKahn, floor: 'bare kahn' },
  'millrace memory': { adapter: millraceMemory, floor: 'bare kahn' },
  'bare sqlite, one commit a stage': { adapter: bareSqliteSingle, floor: 'bare sqlite, grouped' },
  'bare sqlite, grouped': { adapter: bareSqliteGrouped, floor: 'bare sqlite, grouped' },
  'millrace sqlite strict': { adapter: millraceStrict, floor: 'bare sqlite, grouped' },
  'millrace sqlite pipelined': { adapter: millracePipelined, floor: 'bare sqlite, grouped' },
};
