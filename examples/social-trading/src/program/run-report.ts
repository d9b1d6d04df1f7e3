import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SocialError } from '../base/social-error.ts';
import { shareLedger } from '../ledger/share-ledger.ts';
import { openMarket } from '../market/open-market.ts';
import { reportPage } from '../report/report-page.ts';
import type { ProgramIo } from './program-io.ts';
import type { ProgramOptions } from './read-options.ts';

/** Writes what is in the ledger of a home as one page. @throws SocialError NOTHING_REPLAYED */
export function runReport({ home }: Pick<ProgramOptions, 'home'>, io: ProgramIo): void {
  const file = join(home, 'social.db');
  if (!existsSync(file)) {
    const message = `there is no ledger in ${home}: replay something first, with the same --home`;
    throw new SocialError('NOTHING_REPLAYED', message);
  }
  const market = openMarket({ kind: 'replay', folder: 'data' });
  const { ledger, release } = shareLedger({ file, durable: false }, market);
  try {
    const page = join(home, 'report.html');
    writeFileSync(page, reportPage(ledger, market.name));
    io.out(page);
  } finally {
    release();
  }
}
