import { z } from '../base/schema.ts';
import { ChatModel, ChatModelSettings } from './chat-model.ts';
import type { DebateModel } from './debate-model.ts';
import { RuleModel } from './rule-model.ts';

/** Which model a config asks for. */
export const ModelSettings = z.discriminatedUnion('kind', [
  /** Fixed rules, no network. */
  z.strictObject({ kind: z.literal('rules') }),
  ChatModelSettings,
]);
export type ModelSettings = z.infer<typeof ModelSettings>;

export function openModel(settings: ModelSettings): DebateModel {
  switch (settings.kind) {
    case 'rules':
      return new RuleModel();
    case 'openai':
      return new ChatModel(settings);
    default:
      return settings satisfies never;
  }
}
