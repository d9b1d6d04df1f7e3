import { resolve } from 'node:path';
import { type CheckpointStore, MillraceError, type RunRecord } from '@millrace/core';
import type { CommandContext, CommonFlags, ConfigFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import {
  type SampleReport,
  sampledLines,
  sampleJson,
  sampleTotal,
} from '../report/sample-report.ts';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { returnToFolder } from '../runs/return-to-folder.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { shownStore } from '../runs/store-place.ts';
import { type SampleAmount, sampleCount, sampleOf } from './sample-choice.ts';
import { type SampledRun, type SampledStage, sampleStage } from './sample-stage.ts';

export interface SampleFlags extends ConfigFlags, CommonFlags {
  readonly sample: SampleAmount;
  readonly seed?: number;
}

/** The words of `millrace verify [config] [run]`. */
export interface SampleWords {
  readonly config: string | undefined;
  readonly run: string | undefined;
}

const DEFAULT_SEED = 1;

/**
 * Makes some stored outcomes once more, each from what is on record that it rests on, and tells which come out
 * otherwise. Nothing is stored.
 */
export async function sampleRun(
  context: CommandContext,
  words: SampleWords,
  flags: SampleFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const file = words.config === undefined ? undefined : resolve(cwd, words.config);
  const { store: spec, pipeline, env } = flags;
  const storeSpec = await findStore(context, { store: spec, file, pipeline, env });
  return lookAtStore(storeSpec, async (store) => {
    const run = await sampledRun(
      store,
      { file, text: words.run, pipeline },
      shownStore(storeSpec, cwd),
    );
    await hideSecretsOf(context, store, run);
    returnToFolder(context, run);
    const loaded = await loadForRun(context, run, { ...flags, config: file });
    const report = await sampled(context, { run, loaded, store }, flags);
    if (flags.json === true) terminal.printJson(sampleJson(report));
    else terminal.print(sampleTotal(report, terminal.paint));
    return report.ok ? EXIT.succeeded : EXIT.failed;
  });
}

interface RunAsked {
  readonly file: string | undefined;
  readonly text: string | undefined;
  readonly pipeline: string | undefined;
}

async function sampledRun(
  store: CheckpointStore,
  { file, text, pipeline }: RunAsked,
  place: string,
): Promise<RunRecord> {
  if (text !== undefined) return findRun(store, text, place);
  const { newest } = await latestRuns(store, { file, pipeline });
  if (newest !== undefined) return newest;
  throw new MillraceError('RUN_NOT_FOUND', `${place} has no run of this config`, {
    help: 'start one: millrace run CONFIG',
  });
}

async function sampled(
  context: CommandContext,
  of: SampledRun,
  { sample, seed = DEFAULT_SEED, json }: SampleFlags,
): Promise<SampleReport> {
  const { terminal } = context;
  const { run, store } = of;
  const records = (await store.loadStages(run.id)).filter(({ status }) => status === 'succeeded');
  const count = sampleCount(sample, records.length);
  if (count === undefined || records.length === 0) throw nothingToSample(run, sample, count);
  const stages: SampledStage[] = [];
  for (const record of sampleOf(records, count, seed)) {
    const one = await sampleStage(context, of, record);
    stages.push(one);
    if (json !== true) terminal.print(sampledLines(one, terminal.paint).join('\n'));
  }
  const ok = stages.every(({ verdict }) => verdict !== 'differs');
  return { ok, run: run.id, seed, of: records.length, stages };
}

function nothingToSample(
  run: RunRecord,
  sample: SampleAmount,
  count: number | undefined,
): MillraceError {
  if (count === undefined) {
    const message = `--sample: ${JSON.stringify(sample)} is no number of stages; expected 20, or 10%`;
    return new MillraceError('USAGE', message, { details: { flag: '--sample', text: sample } });
  }
  return new MillraceError('SAMPLE_EMPTY', `no stage of run ${run.id} succeeded`, {
    details: { runId: run.id },
    help: 'name another run: millrace verify CONFIG RUN --sample',
  });
}
