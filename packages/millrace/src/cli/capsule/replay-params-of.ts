import { type BoundStage, type Capsule, capsuleParams, type ReplayParams } from '@millrace/core';
import type { CommandContext } from '../command-context.ts';
import { fillSecrets } from './fill-secrets.ts';

/** Those of the config where they are the same as in the capsule: what a schema made of them may be no plain data. */
export function replayParamsOf(
  context: CommandContext,
  capsule: Capsule,
  stage: BoundStage,
): ReplayParams {
  const { params } = stage;
  if (params.hash === capsule.head.params.hash) return { value: params.value, isAsRead: true };
  return filledParams(context, capsule);
}

/** Those of the capsule, with secrets from the environment. @throws MillraceError SECRET_MISSING */
export function filledParams({ env, terminal }: CommandContext, capsule: Capsule): ReplayParams {
  const { value, isAsRead } = capsuleParams(capsule);
  const { stage, params } = capsule.head;
  const hide = (values: readonly string[]): void => terminal.hide(values);
  return { value: fillSecrets(value, { stage, secrets: params.secrets, env, hide }), isAsRead };
}
