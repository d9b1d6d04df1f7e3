import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CANARIES } from './testing-local/canaries.ts';
import { MARKER, PLACES, stageId } from './testing-local/canary-config.ts';
import { CanaryScene } from './testing-local/canary-scene.ts';
import { STORING } from './testing-local/misuse-ways.ts';
import { refusedConfigs } from './testing-local/refused-configs.ts';
import { OF_CONFIG, ofRun } from './testing-local/tellings.ts';

// Some eighty processes are started.
jest.setTimeout(120_000);

let scene: CanaryScene;

async function runIds(...flags: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await scene.tell('runs', ['runs', '--json', ...flags]);
  const { runs }: { readonly runs: readonly { readonly id: string }[] } = JSON.parse(stdout);
  return runs.map(({ id }) => id);
}

describe('a secret', () => {
  let t = Date.now();
  beforeAll(() => {
    scene = new CanaryScene('secret');
  });
  afterAll(() => scene.remove());
  afterEach(() => { console.log(expect.getState().currentTestName, Date.now() - t); t = Date.now(); });

  test('is not in what is told of a config', async () => {
    const all = await scene.tellAll(OF_CONFIG);
    scene.searchFile('drawing', 'told/places.svg');
    expect(all.map(({ code, stderr }) => ({ code, stderr }))).toEqual(all.map(() => ({ code: 0, stderr: '' })));
    expect(scene.sweep.findings).toEqual([]);
  });

  test('is not in what a run prints, logs, announces and stores, and fails the stage that stores it', async () => {
    const store = ['--store', 'sqlite:ran/runs.db'];
    const run = ['run', 'misuse.yaml', '--events', 'told/events.jsonl', '--debug', ...store];
    await scene.tell('run', run);
    scene.searchFile('events file', 'told/events.jsonl');
    await scene.searchStore('ran', 'runs.db');
    expect(scene.sweep.findings).toEqual([]);
    const [id = ''] = await runIds(...store);
    const [, , shown] = await scene.tellAll(ofRun(id).map(([output, args]) => [output, [...args, ...store]]));
    expect(scene.sweep.findings).toEqual([]);
    const { stages } = JSON.parse(shown?.stdout ?? '');
    const codes = new Map(stages.map(({ id: stage, failure }: any) => [stage, failure?.code]));
    const storing = CANARIES.flatMap(({ name }) => [...STORING, 'update'].map((way) => stageId(way, name)));
    expect(storing.filter((stage) => codes.get(stage) !== 'SECRET_IN_VALUE')).toEqual([]);
  });

  test('is not in the reasons of a plan, nor in what a resume does, when params become secrets', async () => {
    const store = ['--store', 'sqlite:changed/runs.db'];
    await scene.tell('run', ['run', 'changing.yaml', ...store]);
    const [id = ''] = await runIds(...store);
    const changed = ['named', 'open'].flatMap((stage, at) => [
      '--set',
      `stages.${stage}.with.value=${scene.config.named(['CANARY_URL', 'CANARY_LONG'][at] ?? '')}`,
    ]);
    const [plan] = await scene.tellAll([
      ['plan', ['plan', id, ...changed, ...store]],
      ['plan', ['plan', id, ...changed, ...store, '--json']],
      ['resume --dry-run', ['resume', id, ...changed, ...store, '--dry-run']],
      ['resume --dry-run', ['resume', id, ...changed, ...store, '--dry-run', '--json']],
    ]);
    console.log(plan?.stdout, plan?.stderr);
    const r = await scene.tell('resume', ['resume', id, ...changed, ...store, '--events', 'told/resumed.jsonl']);
    console.log(r.stdout, r.stderr);
    scene.searchFile('events file', 'told/resumed.jsonl');
    expect(scene.sweep.findings).toEqual([]);
  });

  test('is not left behind by a process that is killed, nor by the one that resumes its run', async () => {
    const store = ['--store', 'sqlite:killed/runs.db'];
    const events = ['--events', 'killed/logs/events.jsonl'];
    await scene.tellUntilKilled('run', ['run', 'stuck.yaml', ...store, ...events], /is waiting/);
    await scene.searchStore('killed', 'runs.db');
    await scene.tell('show', ['show', ...store]);
    await scene.tellUntilKilled('resume', ['resume', ...store, ...events], /is waiting/);
    await scene.searchStore('killed', 'runs.db');
    expect(scene.sweep.findings).toEqual([]);
  });

  test('store', async () => {
    const ended: unknown[] = [];
    ended.push(await scene.tell('run', ['run']));
    const folder = `state-${CANARIES[0]?.value}`;
    await scene.searchStore(folder, 'runs.db');
    ended.push(...await scene.tellAll([
      ['runs', ['runs', '--json']],
      ['show', ['show']],
      ['show', ['show', '--json']],
      ['resume --dry-run', ['resume', '--dry-run']],
      ['run', ['run', 'blocked.yaml']],
      ['run', ['run', 'blocked.yaml', '--json', '--debug']],
      ['resume', ['resume', 'blocked.yaml']],
      ['runs', ['runs', '--store', `mysql://me:${CANARIES[0]?.value}@example.com/runs`]],
      ['run', ['run', 'stuck.yaml', '--store', `postgres://me:${CANARIES[0]?.value}@example.com/runs`]],
      ['run', ['run', 'stuck.yaml', '--param', `x=${CANARIES[1]?.value}`]],
      ['run', ['run', 'stuck.yaml', '--set', `stages.stuck.with.way=${CANARIES[1]?.value}`]],
      ['run', ['run', 'crashing.yaml']],
      ['validate', ['validate', 'crashing.yaml', '--json']],
      ['schema', ['schema', 'crashing.yaml']],
    ]));
    for (const one of ended) console.log(one);
    expect(scene.sweep.findings).toEqual([]);
  });

  test('refused', async () => {
    const refused = refusedConfigs(scene.config);
    for (const { name, text } of refused) scene.workspace.write(name, text);
    const names = refused.map(({ name }) => name);
    const [, json] = await scene.tellAll([
      ['validate', ['validate', ...names]],
      ['validate', ['validate', '--json', ...names]],
    ]);
    const { configs } = JSON.parse(json?.stdout ?? '');
    const odd = refused.flatMap(({ name, code }, at) => {
      const codes = configs[at].diagnostics.map((one: any) => one.code);
      return codes.includes(code) ? [] : [[name, code, codes]];
    });
    console.log(odd);
    expect(scene.sweep.findings).toEqual([]);
  });
});
