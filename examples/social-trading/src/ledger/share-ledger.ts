import { inExample } from '../base/example-folder.ts';
import { z } from '../base/schema.ts';
import type { MarketData } from '../market/market-data.ts';
import { SocialLedger } from './social-ledger.ts';

export const LedgerSettings = z
  .strictObject({
    /** Relative to the example. */
    file: z.string().min(1),
    /** Whether each commit waits for the disk. */
    durable: z.boolean().default(true),
  })
  .readonly();
export type LedgerSettings = z.infer<typeof LedgerSettings>;

interface Shared {
  readonly ledger: SocialLedger;
  users: number;
}

const opened = new Map<string, Shared>();

/** A ledger that several stages use. */
export interface SharedLedger {
  readonly ledger: SocialLedger;
  /** The last one to leave closes it. Calling it again does nothing. */
  readonly release: () => void;
}

/** Stages that name the same file share one connection, so that none waits for the locks of another. */
export function shareLedger({ file, durable }: LedgerSettings, market: MarketData): SharedLedger {
  const path = inExample(file);
  const shared = opened.get(path) ?? { ledger: new SocialLedger(path, market, durable), users: 0 };
  opened.set(path, shared);
  shared.users += 1;
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    shared.users -= 1;
    if (shared.users > 0) return;
    opened.delete(path);
    shared.ledger.close();
  };
  return { ledger: shared.ledger, release };
}
