import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import type { ConsoleIo } from '../console/console-io.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { demoSettings } from './demo-parts.ts';
import { directWire } from './direct-wire.ts';
import { redisWire } from './redis-wire.ts';
import { runDemo } from './run-demo.ts';
import type { Wire } from './wire.ts';

// The whole loop, nothing mocked: seconds on a busy machine.

const folder = useTemporaryFolder();
let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

const wires: readonly (readonly [string, (service: EnrichmentService) => Promise<Wire>])[] = [
  ['direct calls', async (service) => directWire(service)],
  [
    'a real Redis',
    async (service) => {
      const redis = { ...demoSettings().redis, url: server.url };
      return redisWire({ service, redis, alert: () => {} });
    },
  ],
];

describe('train, infer, degrade, retrain, swap, break and roll back', () => {
  test.each(wires)(
    'closes over %s: no signal is dropped, each answer is of one model',
    async (_, wire) => {
      const lines: string[] = [];
      const io: ConsoleIo = {
        out: (line) => lines.push(line),
        notice: () => {},
        env: { INIT_CWD: '/' },
      };
      const { exitCode, tally, swapped, kinds } = await runDemo({ home: folder(), wire }, io);
      const text = lines.join('\n');
      expect(exitCode).toBe(0);
      expect(tally.dropped).toBe(0);
      expect(swapped).toMatch(/^demo@\d+$/);
      expect(kinds).toEqual(expect.arrayContaining(['retrain-started', 'model-swapped']));
      const byModel = [...tally.models.values()].reduce((sum, number) => sum + number, 0);
      expect(byModel).toBe(tally.answers);
      expect([...tally.models.keys()]).toEqual(['demo@1', swapped]);
      expect(tally.duringRetrain.count).toBeGreaterThan(0);
      expect(text).toMatch(/model-refused: .*confidence is 0.5 until there is one/);
      expect(text).toMatch(/Rolled back: +to version \d+: demo@\d+ is in use/);
      // Whoever reads a part of it knows that the market is not real.
      for (const heading of lines.filter((line) => /^\d\. (TRAIN|INFER)/.test(line)))
        expect(heading).toContain('GENERATED');
    },
  );
});
