import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ModelStore } from '@millrace/quant';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { exampleFolder } from '../base/example-folder.ts';
import { BusHealth } from '../bus/bus-health.ts';
import { openRedisClient } from '../bus/open-redis-bus.ts';
import { defaultSettings } from '../config/settings.ts';
import { encodeSignal } from '../events/signal-json.ts';
import { signalsOf } from '../testing-local/signals.ts';
import { smallModel } from '../testing-local/small-model.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

// A real Redis and a real process that is really killed: seconds on a busy machine.

const folder = useTemporaryFolder();
let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());
let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

/** The program in a process of its own, once it serves. */
async function startService(): Promise<ChildProcess> {
  const hook = join(import.meta.dirname, '..', 'testing-local', 'source-packages.ts');
  const args = ['serve.ts', '--redis', server.url, '--home', folder(), '--model', 'test'];
  const started = spawn(process.execPath, ['--import', hook, ...args], {
    cwd: exampleFolder,
    env: { ...process.env, NODE_OPTIONS: '', INIT_CWD: '/' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child = started;
  const lines = createInterface({ input: started.stderr });
  for await (const line of lines) if (line.startsWith('serving ')) return started;
  throw new Error('it ended before it served');
}

test('a service that is killed with SIGKILL loses no signal, and no answer is there twice', async () => {
  const store = new ModelStore(join(folder(), 'models'));
  const about = { lineage: { runId: 'test', data: 'generated' }, properties: { accuracy: 0.6 } };
  await store.promote('test', (await store.save('test', smallModel(1), about)).version);
  const redis = { ...defaultSettings().redis, url: server.url };
  const client = openRedisClient(redis, new BusHealth(() => {}), 'test');
  const stop = new AbortController();
  try {
    const messages = signalsOf(99 + 3000).map((event, at) => ({
      id: `s${at}`,
      value: encodeSignal(event),
    }));
    await client.sink.send(messages);
    const ids: string[] = [];
    const service = await startService();
    let next: ChildProcess | undefined;
    for await (const { id } of client.source.read(stop.signal)) {
      ids.push(id);
      if (ids.length === 200) {
        service.kill('SIGKILL');
        await once(service, 'close');
        next = await startService();
      }
      if (new Set(ids).size === messages.length) break;
    }
    expect(ids.length).toBe(messages.length);
    expect(new Set(ids)).toEqual(new Set(messages.map(({ id }) => id)));
    next?.kill('SIGINT');
    expect((await once(next ?? service, 'close'))[0]).toBe(130);
  } finally {
    stop.abort();
    client.close();
  }
});
