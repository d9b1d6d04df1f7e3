import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MillraceError } from '@millrace/core';
import type { CommandContext, CommonFlags, ConfigFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { commandLine } from '../runs/command-line.ts';
import type { ContextFlags } from '../runs/given-context.ts';
import { loadForCommand } from '../runs/load-for-command.ts';
import { refuseGivenSecrets } from '../runs/refuse-given-secrets.ts';
import { shownPath } from '../runs/store-place.ts';
import { markOf } from '../terminal/status-style.ts';
import { type BreachedCase, type Certificate, certificateLines } from '../verify/certificate.ts';
import { caseName, chooseCases, type KillCase } from '../verify/kill-case.ts';
import { findReference, type Reference } from '../verify/reference.ts';
import { type CaseResult, runCase } from '../verify/run-case.ts';
import type { SampleAmount } from '../verify/sample-choice.ts';
import { type SampleWords, sampleRun } from '../verify/sample-run.ts';
import type { TortureSubject } from '../verify/torture-subject.ts';

export interface VerifyFlags extends ConfigFlags, ContextFlags, CommonFlags {
  readonly sample?: SampleAmount;
  readonly points?: number;
  readonly instants?: number;
  readonly series?: number;
  readonly seed?: number;
  readonly keep?: boolean;
}

const DEFAULTS = { instants: 10, series: 2, seed: 1 } as const;

/**
 * Runs a config again and again, kills it everywhere, and proves what its resumes come to. With `--sample` it makes
 * stored outcomes once more instead.
 */
export async function verify(
  context: CommandContext,
  words: SampleWords,
  flags: VerifyFlags,
): Promise<ExitCode> {
  const { config, run } = words;
  const { sample } = flags;
  if (sample !== undefined) return sampleRun(context, words, { ...flags, sample });
  if (run !== undefined || flags.store !== undefined) throw onlyForSamples();
  const { pipeline, source, secrets, file } = await loadForCommand(context, {
    file: config,
    flags,
  });
  refuseGivenSecrets(source, secrets);
  const folder = await mkdtemp(join(tmpdir(), 'millrace-verify-'));
  const subject = subjectOf({ context, flags, file: file ?? '', folder, graph: pipeline.graph });
  let isKept = flags.keep === true;
  const removeFolder = onSignals(() => rm(folder, { recursive: true, force: true }));
  try {
    const proven = await torture(context, subject, flags);
    const certificate: Certificate = {
      ...proven,
      pipeline: pipeline.name,
      config: shownPath(file ?? '', context.cwd),
      stages: pipeline.graph.count,
    };
    isKept ||= !certificate.ok;
    const { terminal } = context;
    if (flags.json === true) terminal.printJson(certificate);
    else terminal.print(certificateLines(certificate, terminal.paint).join('\n'));
    if (isKept) terminal.notice(`the stores are kept in ${folder}`);
    return certificate.ok ? EXIT.succeeded : EXIT.failed;
  } finally {
    removeFolder.stop();
    if (!isKept) await removeFolder.now();
  }
}

function onlyForSamples(): MillraceError {
  return new MillraceError('USAGE', 'verify takes a stored run only with --sample', {
    help: 'without --sample it makes runs of its own, in stores of their own',
  });
}

interface SubjectRequest {
  readonly context: CommandContext;
  readonly flags: VerifyFlags;
  readonly file: string;
  readonly folder: string;
  readonly graph: TortureSubject['graph'];
}

function subjectOf({ context, flags, file, folder, graph }: SubjectRequest): TortureSubject {
  const { cwd, env } = context;
  const given = givenWords(flags, cwd);
  const at = (store: string): string[] => ['--store', `sqlite:${store}`, '--log-level', 'error'];
  return {
    graph,
    folder,
    shownRun: commandLine(['run', shownPath(file, cwd), ...given], { cwd, env }),
    storeOf: (name) => join(folder, name, 'run.db'),
    runCommand: (store) => ({ cwd, words: ['run', file, ...given, ...at(store)] }),
    resumeCommand: (store, runId) => ({
      cwd,
      words: ['resume', runId, '--no-follow', ...at(store)],
    }),
  };
}

/** What the user gave beside the config, for the sessions. */
function givenWords(flags: VerifyFlags, cwd: string): readonly string[] {
  const each = (flag: string, values: readonly string[] = []): string[] =>
    values.flatMap((value) => [flag, value]);
  const one = (flag: string, value: string | undefined): string[] =>
    value === undefined ? [] : [flag, value];
  return [
    ...one('--pipeline', flags.pipeline),
    ...one('--env', flags.env),
    ...each(
      '--params-file',
      flags.paramsFile?.map((path) => resolve(cwd, path)),
    ),
    ...each('--param', flags.param),
    ...each('--set', flags.set),
    ...each('--context', flags.context),
    ...one('--context-file', flags.contextFile && resolve(cwd, flags.contextFile)),
  ];
}

type Proven = Omit<Certificate, 'pipeline' | 'config' | 'stages'>;

async function torture(
  context: CommandContext,
  subject: TortureSubject,
  flags: VerifyFlags,
): Promise<Proven> {
  const { seed, instants, series } = { ...DEFAULTS, ...flags };
  const beganMs = performance.now();
  const reference = await findReference(subject);
  const { points, resumePoints, middle } = reference;
  const choice = { runPoints: points, resumePoints, middle, instants, series, seed };
  const cases = chooseCases({ ...choice, mostPoints: flags.points });
  const results = await runCases(context, cases, { subject, reference, flags });
  const breached = results.flatMap(({ breaches, killCase, store }): BreachedCase[] =>
    breaches.length === 0 ? [] : [{ kill: caseName(killCase), breaches, store }],
  );
  const recoveries = results.flatMap(({ recoveryMs }) => recoveryMs ?? []);
  return {
    ok: breached.length === 0,
    status: reference.run.status,
    seed,
    cases: cases.length,
    kills: results.reduce((sum, { kills }) => sum + kills, 0),
    sessions: results.reduce((sum, { sessions }) => sum + sessions, 0),
    durationMs: performance.now() - beganMs,
    points: {
      known: points.length + resumePoints.length,
      tried: cases.filter(({ kind }) => kind === 'points').length,
    },
    ...(recoveries.length === 0 ? {} : { slowestRecoveryMs: Math.max(...recoveries) }),
    notCompared: reference.unstable,
    breached,
  };
}

type KilledCase = CaseResult & { readonly killCase: KillCase; readonly store: string };

async function runCases(
  { terminal }: CommandContext,
  cases: readonly KillCase[],
  tools: {
    readonly subject: TortureSubject;
    readonly reference: Reference;
    readonly flags: VerifyFlags;
  },
): Promise<readonly KilledCase[]> {
  const { subject, flags } = tools;
  const results: KilledCase[] = [];
  for (const [index, killCase] of cases.entries()) {
    const store = subject.storeOf(`case-${index + 1}`);
    const result = await runCase(killCase, store, tools);
    results.push({ ...result, killCase, store });
    const isSound = result.breaches.length === 0;
    if (isSound && flags.keep !== true)
      await rm(resolve(store, '..'), { recursive: true, force: true });
    if (flags.json === true) continue;
    const mark = markOf(
      isSound ? (result.kills === 0 ? 'skipped' : 'succeeded') : 'failed',
      terminal.paint,
    );
    const note = result.kills === 0 ? '  (it had ended before)' : '';
    terminal.print(
      `${mark} ${index + 1}/${cases.length}  ${caseName(killCase)}${terminal.paint('dim', note)}`,
    );
  }
  return results;
}

/** Does what is to be done at the end also when a signal ends the process. */
function onSignals(cleanUp: () => Promise<void>): { now: () => Promise<void>; stop: () => void } {
  const end = (): void => void cleanUp().finally(() => process.exit(EXIT.cancelled));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, end);
  const stop = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  return { now: cleanUp, stop };
}
