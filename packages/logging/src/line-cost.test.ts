import { describe, expect, it } from '@jest/globals';
import { createLogging } from './create-logging.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';

const BATCHES = 20;
const LINES = 500;

describe('the cost of a line', () => {
  it.each([0, 10])(
    'is tens of microseconds at most, with %i secrets to look for',
    async (count) => {
      await inTemporaryFolder(async (dir) => {
        const redact = Array.from(
          { length: count },
          (_, index) => `s3cr3t/${index}+value-${index * 7919}`,
        );
        const logging = createLogging({ dir, redact });
        const log = logging.logger.child({ runId: 'run-1', stage: 'ingest', attempt: 1 });
        const costs = Array.from({ length: BATCHES }, () => {
          const started = performance.now();
          for (let page = 0; page < LINES; page++) {
            log.info('read a page of prices', {
              page,
              url: 'https://example.org/prices?page=7',
              rows: 250,
            });
          }
          return ((performance.now() - started) * 1_000) / LINES;
        }).sort((a, b) => a - b);
        await logging.close();
        const [fastest = 0, median = 0] = [costs[0], costs[BATCHES / 2]];
        process.stdout.write(
          `log line, ${count} secrets: ${fastest.toFixed(1)} us at best, ${median.toFixed(1)} us median\n`,
        );
        // Far above what is measured: only a blow-up should fail on a busy machine.
        expect(fastest).toBeLessThan(500);
      });
    },
  );
});
