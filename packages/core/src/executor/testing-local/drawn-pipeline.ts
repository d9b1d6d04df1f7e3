import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptScope } from '../../attempt/index.ts';
import { z } from '../../base/zod.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import type { StageSpec } from '../../stage/index.ts';
import { turns } from './gate.ts';
import type { Inputs, Params } from './keyed.ts';
import { type SketchedStage, sketch } from './run-pipeline.ts';
import { withFacts } from './with-facts.ts';

/** A declared input: one key, or a list of several. */
export interface DrawnRead {
  readonly keys: readonly string[];
  readonly gathers: boolean;
  readonly optional: boolean;
}

/** What a stage asks the context besides: `inputs.x` and all inputs only where it declares none. */
export type Look =
  | { readonly how: 'get' | 'has' | 'input'; readonly key: string }
  | { readonly how: 'keys' | 'all' };

/** Plain data for a stage whose outputs are a function of what it reads. */
export interface DrawnStage {
  readonly id: string;
  /** Stages that stand before it in the list. */
  readonly needs: readonly string[];
  readonly version: number;
  /** Another one makes another function; it goes with another version. */
  readonly salt: number;
  /** Undefined: it declares none. */
  readonly reads: readonly DrawnRead[] | undefined;
  readonly looks: readonly Look[];
  readonly params: Readonly<Record<string, number>>;
  readonly paramsRead: readonly string[];
  readonly output:
    | { readonly key: string; readonly isDeclared: boolean; readonly isOptional: boolean }
    | undefined;
  /** Key of a list to which it adds. */
  readonly update: string | undefined;
  /** Content of its file. */
  readonly file: number | undefined;
  readonly cacheable: boolean;
  /** Known from the start, or by a param below the limit, or by the parity of an input's digest. */
  readonly condition:
    | { readonly constant: boolean }
    | { readonly param: string; readonly limit: number }
    | { readonly input: string; readonly parity: number }
    | undefined;
}

/** Stages, each behind what it needs, and the values that were there before them. */
export interface Drawn {
  readonly initial: Readonly<Record<string, unknown>>;
  readonly stages: readonly DrawnStage[];
}

/** Keys that are there from the start: a number, and a list. */
export const INITIAL_KEYS = ['c0', 'l0'] as const;

/** A small number out of anything, so that other inputs often have the same outcome. */
export function digestOf(...parts: readonly unknown[]): number {
  return createHash('sha1').update(JSON.stringify(parts)).digest().readUInt16BE(0) % 3;
}

/** What an output is, by its key: numbers, or lists that others add to. */
export function valueFor(key: string, digest: number): unknown {
  return key.startsWith('l') ? { list: [digest] } : digest;
}

export function conditionHolds(
  { condition, params }: DrawnStage,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  if (condition === undefined) return true;
  if ('constant' in condition) return condition.constant;
  return 'param' in condition
    ? (params[condition.param] ?? 0) < condition.limit
    : digestOf(inputs[condition.input] ?? null) % 2 === condition.parity;
}

/** What the stages do in the session of the moment. */
export interface DrawnScene {
  /** Stages that throw. */
  broken: ReadonlySet<string>;
  /** How many turns a stage takes. */
  turnsOf: (id: string) => number;
  ran: (id: string) => void;
  /** Where the files are. */
  readonly folder: string;
}

/** The engine's form of drawn stages, declared in the order of their ids. */
export function drawnPipeline({ stages, initial }: Drawn, scene: DrawnScene): ModelPipeline {
  const byId = [...stages].sort((a, b) => (a.id < b.id ? -1 : 1));
  const pipeline = sketch(
    Object.fromEntries(byId.map((stage) => [stage.id, sketched(stage, scene)])),
    { context: initial },
  );
  const files = byId.filter(({ file }) => file !== undefined);
  const facts = files.map(({ id }) => [id, { files: [join(scene.folder, id)] }]);
  return files.length === 0 ? pipeline : withFacts(pipeline, Object.fromEntries(facts));
}

function sketched(stage: DrawnStage, scene: DrawnScene): SketchedStage {
  const { id, needs, reads, output, update, params, cacheable, condition } = stage;
  const renames = (reads ?? []).map(({ keys, gathers }, at) => [
    `i${at}`,
    gathers ? [...keys] : (keys[0] ?? ''),
  ]);
  if (update !== undefined) renames.push(['update', update]);
  return {
    needs: [...needs],
    with: params,
    reads: Object.fromEntries(renames),
    ...(output === undefined ? {} : { writes: { out: output.key } }),
    ...(condition === undefined ? {} : { when: whenOf(stage, condition) }),
    cacheable,
    does: {
      spec: specOf(stage),
      run: (scope: AttemptScope) => {
        scene.ran(id);
        if (scene.broken.has(id)) throw new RangeError(`${id} is broken`);
        const count = scene.turnsOf(id);
        if (count === 0) return perform(stage, scope, scene.folder);
        return turns(count).then(() => perform(stage, scope, scene.folder));
      },
    },
  };
}

function whenOf(
  stage: DrawnStage,
  condition: NonNullable<DrawnStage['condition']>,
): NonNullable<SketchedStage['when']> {
  if ('constant' in condition) return condition.constant;
  return ({ inputs }) => conditionHolds(stage, inputs);
}

function specOf({ version, reads, output, update }: DrawnStage): StageSpec {
  const any = (optional: boolean): z.ZodType => (optional ? z.any().optional() : z.any());
  const outputs = output === undefined ? {} : { out: any(output.isOptional) };
  const inputs = reads?.map(({ optional }, at): [string, z.ZodType] => [`i${at}`, any(optional)]);
  return {
    version: String(version),
    ...(inputs === undefined ? {} : { inputs: z.object(Object.fromEntries(inputs)) }),
    ...(output?.isDeclared === false ? {} : { outputs: z.object(outputs) }),
    ...(update === undefined ? {} : { updates: z.object({ update: z.any() }) }),
  };
}

function perform(stage: DrawnStage, scope: AttemptScope, folder: string): object {
  const { id, salt, reads, looks, output, update, paramsRead, file } = stage;
  const params = scope.params as Params;
  const digest = digestOf(
    salt,
    (reads ?? []).map((_, at) => (scope.inputs as Inputs)[`i${at}`] ?? null),
    looks.map((look) => lookUp(look, scope)),
    paramsRead.map((name) => params[name] ?? null),
    file === undefined ? null : readFileSync(join(folder, id), 'utf8'),
  );
  if (update !== undefined) {
    scope.context.update((draft: { update?: { list: number[] } }) => {
      draft.update?.list.push(digest);
    });
  }
  if (output === undefined || (output.isOptional && digest === 0)) return {};
  return { out: valueFor(output.key, digest) };
}

/** Asks for `inputs` only where they are looked at: that alone counts as listing them. */
function lookUp(look: Look, scope: AttemptScope): unknown {
  const { context } = scope;
  switch (look.how) {
    case 'get':
      return context.get(look.key) ?? null;
    case 'has':
      return context.has(look.key);
    case 'keys':
      return context.keys();
    case 'input':
      return (scope.inputs as Inputs)[look.key] ?? null;
    case 'all':
      return scope.inputs;
    default:
      return look satisfies never;
  }
}
