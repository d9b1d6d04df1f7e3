import { isAbsolute, relative, sep } from 'node:path';
import {
  type Capsule,
  type CapsuleStart,
  type CheckpointStore,
  createTextRedactor,
  makeCapsule,
  type RunRecord,
  type RunSource,
} from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext } from '../command-context.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { millraceVersion } from './millrace-version.ts';

interface CapsuleAsked {
  readonly run: RunRecord;
  readonly stage: string;
  readonly loaded: LoadedPipeline;
  readonly attempt?: number | undefined;
  readonly isWhole?: boolean | undefined;
}

/** The capsule of a stage, without any of the secrets that the terminal hides by now. */
export async function stageCapsule(
  { terminal }: CommandContext,
  store: CheckpointStore,
  { run, stage, loaded, attempt, isWhole }: CapsuleAsked,
): Promise<Capsule> {
  return makeCapsule(store, {
    runId: run.id,
    stage,
    pipeline: loaded.pipeline,
    attempt,
    isWhole,
    config: configInside(run.source),
    startedWith: startOf(run.source),
    version: millraceVersion(),
    redact: terminal.redact,
    holdsSecret: secretFinder(terminal.hidden),
  });
}

/** A switch gives no secret away, and stands in every text. */
const SWITCH = /^(?:true|false|null|yes|no|on|off)$/i;

/** Undefined where there are no secrets, so that nothing is searched. */
export function secretFinder(hidden: ReadonlySet<string>): ((text: string) => boolean) | undefined {
  const values = [...hidden].filter((value) => !SWITCH.test(value));
  return values.length === 0 ? undefined : createTextRedactor(values).holdsSecret;
}

/** Relative to the folder that the run was started in; undefined when it lies outside of it. */
function configInside({ file, cwd }: RunSource): string | undefined {
  if (file === undefined || cwd === undefined) return undefined;
  const path = relative(cwd, file);
  const isOutside = path === '' || path.split(sep)[0] === '..' || isAbsolute(path);
  return isOutside ? undefined : path.replaceAll(sep, '/');
}

function startOf(source: RunSource): CapsuleStart {
  const { pipeline, environment, params = {}, set = {}, paramsFiles = [] } = readOverrides(source);
  const each = (flag: string, values: Readonly<Record<string, unknown>>): string[] =>
    Object.entries(values).map(([name, value]) => `${flag} ${name}=${textOf(value)}`);
  const { cwd = '.' } = source;
  return {
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(environment === undefined ? {} : { environment }),
    flags: [
      ...paramsFiles.map((file) => `--params-file ${relative(cwd, file).replaceAll(sep, '/')}`),
      ...each('--param', params),
      ...each('--set', set),
    ],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
