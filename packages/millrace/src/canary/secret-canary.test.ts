import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CANARIES } from './testing-local/canaries.ts';
import { stageId } from './testing-local/canary-config.ts';
import { CanaryScene } from './testing-local/canary-scene.ts';
import { STORING } from './testing-local/misuse-ways.ts';
import { refusedConfigs } from './testing-local/refused-configs.ts';
import {
  CHANGING_RUN,
  ELSEWHERE_RUN,
  JSON_RUN,
  MISUSE_RUN,
  OF_CONFIG,
  OF_CRASH,
  ofChange,
  ofDrawing,
  ofGiven,
  ofRefused,
  ofRun,
  ofStores,
} from './testing-local/tellings.ts';

// Each test starts several processes.

interface ShownStage {
  readonly id: string;
  readonly failure?: { readonly code: string };
}

interface Validated {
  readonly configs: readonly { readonly diagnostics: readonly { readonly code: string }[] }[];
}

/** The canary that stands in paths and URLs. */
const [TOKEN = ''] = CANARIES.map(({ value }) => value);

let scene: CanaryScene;

function expectNothingFound(): void {
  expect(scene.sweep.takeFindings()).toEqual([]);
}

async function newestRun(store: string): Promise<string> {
  const { stdout } = await scene.tell('runs', ['runs', '--json', '--store', store]);
  const { runs }: { readonly runs: readonly { readonly id: string }[] } = JSON.parse(stdout);
  return runs[0]?.id ?? '';
}

describe('the value of a secret', () => {
  beforeAll(() => {
    scene = new CanaryScene('secret');
  });
  afterAll(() => {
    // What was searched is the worth of the tests.
    process.stdout.write(`secret canaries: ${scene.sweep.summary()}\n`);
    scene.remove();
  });

  test('is in nothing that is told of a config', async () => {
    const all = await scene.tellAll(OF_CONFIG);
    scene.searchFile('drawing', 'told/places.svg');
    expectNothingFound();
    expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(OF_CONFIG.map(() => [0, '']));
  });

  test('is in nothing that a run prints, logs, announces and stores, whatever its stages do', async () => {
    await scene.tellAll([MISUSE_RUN, JSON_RUN]);
    scene.searchFile('events file', 'ran/events.jsonl');
    await scene.searchStore('ran', 'runs.db');
    await scene.searchStore('json', 'runs.db');
    expectNothingFound();
  });

  test('is in nothing that is told of a run, and fails the stage that would store it', async () => {
    const [shown] = await scene.tellAll(ofRun('sqlite:ran/runs.db'));
    await scene.tellAll(ofDrawing(await newestRun('sqlite:json/runs.db')));
    scene.searchFile('drawing of a run', 'told/run.svg');
    expectNothingFound();
    const { stages }: { readonly stages: readonly ShownStage[] } = JSON.parse(shown?.stdout ?? '');
    const codes = new Map(stages.map(({ id, failure }) => [id, failure?.code]));
    const ways = [...STORING, 'update'];
    const storing = CANARIES.flatMap(({ name }) => ways.map((way) => stageId(way, name)));
    expect(storing.filter((id) => codes.get(id) !== 'SECRET_IN_VALUE')).toEqual([]);
  });

  test('is in no reason of a plan or a resume, when a param becomes another secret, or one at all', async () => {
    await scene.tell(...CHANGING_RUN);
    const run = await newestRun('sqlite:changed/runs.db');
    const { plans, resume } = ofChange(scene.config, run);
    const [plan] = await scene.tellAll(plans);
    const resumed = await scene.tell(...resume);
    scene.searchFile('events file', 'changed/events.jsonl');
    expectNothingFound();
    const reason = (before: string, after: string): string =>
      `with.value "\${secret:${before}}" -> "\${secret:${after}}"`;
    expect(plan?.stdout).toContain(reason('CANARY_TOKEN', 'CANARY_URL'));
    expect(resumed.code).toBe(0);
  });

  test('is not left behind by a process that is killed, nor by the one that resumes its run', async () => {
    const store = ['--store', 'sqlite:killed/runs.db', '--events', 'killed/events.jsonl'];
    for (const command of [['run', 'stuck.yaml'], ['resume']]) {
      await scene.tellUntilKilled('killed', [...command, ...store], /is waiting/);
      scene.searchFile('events file', 'killed/events.jsonl');
      await scene.searchStore('killed', 'runs.db');
    }
    await scene.tell('show', ['show', '--store', 'sqlite:killed/runs.db']);
    expectNothingFound();
  });

  test('is in no diagnostic of a config that is refused for it', async () => {
    const refused = refusedConfigs(scene.config);
    for (const { name, text } of refused) scene.workspace.write(name, text);
    const names = refused.map(({ name }) => name);
    const [validated] = await scene.tellAll(ofRefused(names));
    expectNothingFound();
    const { configs }: Validated = JSON.parse(validated?.stdout ?? '');
    const told = configs.map(({ diagnostics }) => new Set(diagnostics.map(({ code }) => code)));
    const missing = refused.filter(({ code }, at) => told[at]?.has(code) !== true);
    expect(missing.map(({ name, code }) => `${name}: no ${code}`)).toEqual([]);
  });

  test('is in nothing that is told of a store in whose address it stands', async () => {
    await scene.tell(...ELSEWHERE_RUN);
    const all = await scene.tellAll(ofStores(TOKEN));
    await scene.searchStore(`state-${TOKEN}`, 'runs.db');
    expectNothingFound();
    const codes = all.map(({ stderr }) => /^error\[(\w+)\]/.exec(stderr)?.[1]);
    expect(codes.filter((code) => code !== undefined)).toEqual([
      'LOG_DIR_UNWRITABLE',
      'STORE_MISSING',
      'STORE_UNKNOWN',
      'STORE_NOT_AVAILABLE',
    ]);
  });

  test('is in nothing that stage modules print and throw while they are imported', async () => {
    const all = await scene.tellAll(OF_CRASH);
    expectNothingFound();
    for (const { code, stderr } of all) {
      expect(code).toBe(1);
      expect(stderr).toContain('later [secret]');
    }
  });

  test('cannot be given in clear to a run that would store it', async () => {
    const all = await scene.tellAll(ofGiven(TOKEN));
    expectNothingFound();
    for (const { stderr } of all) expect(stderr).toContain('error[SECRET_IN_VALUE]');
  });
});

/** Kinds of output in which every value is found, once it may be shown. */
const SHOWING_ALL = [
  'run, stdout',
  'run, stderr',
  'events file',
  'log file',
  'file of the store',
  'table of the store',
  'values of a run',
  'show, stdout',
  'show --events, stdout',
  'show --context, stdout',
];

/** Those in which some are found. */
const SHOWING_SOME = [
  'run --json, stdout',
  'show --stage, stdout',
  'config, stdout',
  'config --explain, stdout',
  'plan of a run, stdout',
  'resume --dry-run, stdout',
  'resume, stdout',
  'graph of a run, stdout',
  'drawing of a run',
  'validate, stdout',
  'validate, stderr',
];

/** Otherwise nobody could tell a search that finds nothing from one that cannot. */
test('the same values are found in every kind of output that shows values, once they are no secrets', async () => {
  scene = new CanaryScene('env');
  try {
    await scene.tellAll([MISUSE_RUN, JSON_RUN, CHANGING_RUN]);
    scene.searchFile('events file', 'ran/events.jsonl');
    await scene.searchStore('ran', 'runs.db');
    await scene.tellAll(ofRun('sqlite:ran/runs.db'));
    await scene.tellAll(ofDrawing(await newestRun('sqlite:json/runs.db')));
    scene.searchFile('drawing of a run', 'told/run.svg');
    await scene.tellAll(OF_CONFIG.filter(([output]) => output.startsWith('config')));
    const change = ofChange(scene.config, await newestRun('sqlite:changed/runs.db'));
    await scene.tellAll(change.plans);
    await scene.tell(...change.resume);
    const wrong = refusedConfigs(scene.config).filter(({ name }) => name.includes('refine'));
    for (const { name, text } of wrong) scene.workspace.write(name, text);
    await scene.tellAll(ofRefused(wrong.map(({ name }) => name)).slice(0, 2));
    const found = Map.groupBy(scene.sweep.takeFindings(), ({ output }) => output);
    for (const output of SHOWING_ALL) {
      const canaries = new Set(found.get(output)?.map(({ canary }) => canary));
      expect([output, ...canaries].sort()).toEqual(
        [output, ...CANARIES.map(({ name }) => name)].sort(),
      );
    }
    expect(SHOWING_SOME.filter((output) => !found.has(output))).toEqual([]);
  } finally {
    scene.remove();
  }
});
