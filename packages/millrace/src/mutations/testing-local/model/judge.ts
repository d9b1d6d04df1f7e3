import { BoundStage } from './bound-stage.ts';
import { checkStage } from './check-stage.ts';
import { checkWiring } from './check-wiring.ts';
import { type Choice, NOT_ASKED } from './chosen-pipeline.ts';
import { Expansion } from './expansion.ts';
import { type Fault, Faults } from './fault.ts';
import type { KnownClasses } from './known-classes.ts';
import type { KnownFits } from './known-fits.ts';
import { type Files, layeredConfig } from './layered-config.ts';
import { limitFaults } from './limit-faults.ts';
import { Needs } from './needs.ts';
import { mapOf } from './plain.ts';
import { classStagesOf, type Member, type Scope } from './scope.ts';
import type { Values } from './template.ts';

/** Everything around a config that decides what it means. */
export interface Surroundings {
  /** Absolute path of the config. */
  readonly file: string;
  readonly files: Files;
  readonly env: Values['env'];
  readonly classes: KnownClasses;
  readonly fits: KnownFits;
}

/** `unasked`: only the call is wrong, which wants a pipeline or an environment that is not there. */
export type Judgement =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unasked' }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/**
 * Says whether a config means something. It follows the documented rules in the plainest way and shares
 * nothing with the loader but the stage classes and their schemas, so that it can tell what the loader
 * should have found.
 */
export function judge(around: Surroundings, choice: Choice): Judgement {
  const faults = new Faults();
  const config = layeredConfig(around.file, around.files);
  if (!config.ok) return { kind: 'faulty', faults: [{ why: config.problem }] };
  const { files, env } = around;
  const expansion = new Expansion({ config: config.value, choice, files, env, faults });
  const scope = expansion.expand();
  if (scope !== undefined) checkStages(scope, expansion, around, faults);
  const { all } = faults;
  if (all.some(({ why }) => why === NOT_ASKED)) return { kind: 'unasked' };
  return all.length === 0 ? { kind: 'sound' } : { kind: 'faulty', faults: all };
}

function checkStages(
  scope: Scope,
  { context, inputs, limits }: Expansion,
  { classes, fits }: Surroundings,
  faults: Faults,
): void {
  const needs = new Needs(faults);
  const members = classStagesOf(scope);
  if (new Set(members.map(({ id }) => id)).size < members.length)
    faults.add('two stages of one id');
  const stages: BoundStage[] = [];
  for (const member of members) {
    const stageClass = classes.find(String(member.fields.uses));
    if (idFault(member.id)) faults.add('a stage with an odd id', member.id);
    for (const fault of limitFaults(member, limits)) faults.add(fault, member.id);
    if (stageClass === undefined) faults.add(`no class ${member.fields.uses}`, member.id);
    else stages.push(new BoundStage(member, stageClass, needs.of(member)));
  }
  for (const stage of stages) checkStage(stage, classes, faults);
  checkWiring({ stages, context, inputs, fits, faults });
  checkGiven(scope, stages, faults);
}

function idFault(id: string): boolean {
  return id === '' || id.length > 200 || id !== id.trim() || /\p{Cc}/u.test(id);
}

/** What a pipeline inside is to give must be written by one of its stages. */
function checkGiven(scope: Scope, stages: readonly BoundStage[], faults: Faults): void {
  for (const { fields, inner, id } of scope.members) {
    if (inner === undefined) continue;
    const ids = new Set(classStagesOf(inner).map((member: Member) => member.id));
    const written = stages.filter((stage) => ids.has(stage.id)).flatMap((stage) => stage.written);
    for (const name of Object.keys(mapOf(fields.writes))) {
      const [key = ''] = inner.keys.keysOf(name);
      if (!written.some((one) => one === key || one.startsWith(`${key}[`)))
        faults.add(`the pipeline writes no ${name}`, id);
    }
    checkGiven(inner, stages, faults);
  }
}
