import { type CanaryConfig, PLACES, stageId } from './canary-config.ts';

/** A command that tells something, by the kind of output that it makes. */
export type Telling = readonly [output: string, args: readonly string[]];

/** What can be told of a config without running it. */
export const OF_CONFIG: readonly Telling[] = [
  ['validate', ['validate', 'places.yaml', '--env', 'prod']],
  ['config', ['config', ...PLACES]],
  ['config', ['config', ...PLACES, '--json']],
  ['config --explain', ['config', ...PLACES, '--explain', 'stages.in-param.with.value']],
  ['config --explain', ['config', ...PLACES, '--explain', 'stages', '--json']],
  ['plan', ['plan', ...PLACES, '--json']],
  ['run --dry-run', ['run', ...PLACES, '--dry-run']],
  ['graph', ['graph', ...PLACES, '--format', 'dot']],
  ['graph', ['graph', ...PLACES, '--json', '--out', 'told/places.svg']],
  ['schema', ['schema', 'places.yaml']],
];

/** Every misuse, with all outputs that a run has. */
export const MISUSE_RUN: Telling = [
  'run',
  [
    'run',
    'misuse.yaml',
    '--store',
    'sqlite:ran/runs.db',
    '--events',
    'ran/events.jsonl',
    '--debug',
  ],
];

/** Every place of a secret. */
export const JSON_RUN: Telling = [
  'run --json',
  ['run', ...PLACES, '--store', 'sqlite:json/runs.db', '--json', '--debug'],
];

const LONGEST = stageId('throw-long-message', 'CANARY_LONG');
const DEEPEST = stageId('throw-cause', 'CANARY_PEM');

/** What is told of the run of a store, the whole as JSON first. @param store its spec */
export function ofRun(store: string): readonly Telling[] {
  const show = (...more: readonly string[]): Telling => {
    const [flag = ''] = more.filter((word) => /^--(?:stage|events|context)$/.test(word));
    return [`show ${flag}`.trimEnd(), ['show', '--store', store, ...more]];
  };
  return [
    show('--json'),
    show(),
    show('--stage', LONGEST),
    show('--stage', DEEPEST, '--json'),
    show('--events'),
    show('--events', '--json'),
    show('--context'),
    show('--context', '--json'),
    show('--context', stageId('print', 'CANARY_TOKEN')),
    ['runs', ['runs', '--store', store]],
  ];
}

const CHANGED = ['--store', 'sqlite:changed/runs.db'];

/** A run whose params then change. */
export const CHANGING_RUN: Telling = ['run', ['run', 'changing.yaml', ...CHANGED]];

/** What a change of params does: the resume, and plans of it. @param run the id of {@link CHANGING_RUN} */
export function ofChange(
  config: CanaryConfig,
  run: string,
): { readonly plans: readonly Telling[]; readonly resume: Telling } {
  const set = [
    ...['--set', `stages.named.with.value=${config.named('CANARY_URL')}`],
    ...['--set', `stages.open.with.value=${config.named('CANARY_LONG')}`],
  ];
  const change = [run, ...CHANGED, ...set];
  return {
    plans: [
      ['plan of a run', ['plan', ...change]],
      ['plan of a run', ['plan', ...change, '--json']],
      ['resume --dry-run', ['resume', ...change, '--dry-run']],
    ],
    resume: ['resume', ['resume', ...change, '--events', 'changed/events.jsonl']],
  };
}

/** @param run the id of {@link JSON_RUN} */
export function ofDrawing(run: string): readonly Telling[] {
  const graph = ['graph', run, '--env', 'prod', '--store', 'sqlite:json/runs.db'];
  return [
    ['graph of a run', graph],
    ['graph of a run', [...graph, '--format', 'dot']],
    ['graph of a run', [...graph, '--json', '--out', 'told/run.svg']],
  ];
}

/** @param names of the configs */
export function ofRefused(names: readonly string[]): readonly Telling[] {
  const [some = '', other = ''] = names.filter((name) => /refused-(?:type|inside)/.test(name));
  return [
    ['validate', ['validate', '--json', ...names]],
    ['validate', ['validate', ...names]],
    ['run', ['run', some, '--json', '--debug']],
    ['config --explain', ['config', other, '--explain', 'stages.a.with']],
  ];
}

/** Its store has a canary in its path. */
export const ELSEWHERE_RUN: Telling = ['run', ['run']];

/** Of that store, and of some that cannot be opened. @param token stands in the address of each */
export function ofStores(token: string): readonly Telling[] {
  return [
    ['runs', ['runs', '--json']],
    ['show', ['show']],
    ['resume --dry-run', ['resume', '--dry-run']],
    ['run', ['run', 'blocked.yaml', '--debug']],
    ['resume', ['resume', 'blocked.yaml']],
    ['runs', ['runs', '--store', `mysql://me:${token}@example.com/runs`]],
    ['run', ['run', 'stuck.yaml', '--store', `postgres://me:${token}@example.com/runs`]],
  ];
}

/** The module throws where nothing awaits it. */
export const OF_CRASH: readonly Telling[] = [
  ['run', ['run', 'crashing.yaml']],
  ['validate', ['validate', 'crashing.yaml', '--json']],
  ['schema', ['schema', 'crashing.yaml']],
];

/** @param token the value of a secret that the config names */
export function ofGiven(token: string): readonly Telling[] {
  return [
    ['run', ['run', 'given.yaml', '--set', `stages.named.with.way=with ${token}`]],
    ['run', ['run', 'given.yaml', '--param', `given={"${token}": 1}`]],
    ['run', ['run', 'given.yaml', '--context', `seen=["${token}"]`]],
  ];
}
