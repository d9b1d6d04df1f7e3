import { PLACES, stageId } from './canary-config.ts';

/** A command that tells something, by the kind of output that it makes. */
export type Telling = readonly [output: string, args: readonly string[]];

/** What can be told of a config without running it. */
export const OF_CONFIG: readonly Telling[] = [
  ['validate', ['validate', 'places.yaml', '--env', 'prod']],
  ['config', ['config', ...PLACES]],
  ['config', ['config', ...PLACES, '--json']],
  ['config --explain', ['config', ...PLACES, '--explain', 'stages']],
  ['config --explain', ['config', ...PLACES, '--explain', 'stages.in-param.with.value']],
  ['config --explain', ['config', ...PLACES, '--explain', 'stages.in-file.with', '--json']],
  ['plan', ['plan', ...PLACES]],
  ['run --dry-run', ['run', ...PLACES, '--dry-run', '--json']],
  ['graph', ['graph', ...PLACES, '--format', 'dot']],
  ['graph', ['graph', ...PLACES, '--json', '--out', 'told/places.svg']],
  ['schema', ['schema', 'misuse.yaml']],
];

const LONGEST = stageId('throw-long-message', 'CANARY_LONG');
const DEEPEST = stageId('throw-cause', 'CANARY_PEM');

/** What is told of a run of `misuse.yaml`. @param run its id */
export function ofRun(run: string): readonly Telling[] {
  return [
    ['runs', ['runs']],
    ['show', ['show', run]],
    ['show', ['show', run, '--json']],
    ['show --stage', ['show', run, '--stage', LONGEST]],
    ['show --stage', ['show', run, '--stage', DEEPEST, '--json']],
    ['show --events', ['show', run, '--events']],
    ['show --events', ['show', run, '--events', '--json']],
    ['show --context', ['show', run, '--context']],
    ['show --context', ['show', run, '--context', '--json']],
    ['show --context', ['show', run, '--context', stageId('print', 'CANARY_TOKEN')]],
    ['graph of a run', ['graph', run]],
    ['graph of a run', ['graph', run, '--json', '--out', 'told/run.svg']],
  ];
}
