import { askTwice, type Patience } from './ask-twice.ts';
import type { DebateModel, Said } from './debate-model.ts';
import type { Finalist } from './finalist.ts';
import { readArgument, readThesis } from './read-answer.ts';
import type { Debated } from './thesis.ts';

/**
 * The bull speaks, the bear answers it, and the risk, who has heard both, decides.
 * @throws ScanError MODEL_UNAVAILABLE, ANSWER_UNREADABLE; the reason of the signal once it is aborted
 */
export async function runDebate(
  model: DebateModel,
  finalist: Finalist,
  patience: Patience & { readonly signal: AbortSignal },
): Promise<Debated> {
  const heard: Said[] = [];
  for (const voice of ['bull', 'bear'] as const) {
    const question = { voice, finalist, heard: [...heard] };
    heard.push({ voice, text: await askTwice(model, question, readArgument, patience) });
  }
  const question = { voice: 'risk', finalist, heard } as const;
  const thesis = await askTwice(model, question, readThesis, patience);
  const [bull, bear] = heard.map(({ text }) => text);
  const { ticker } = finalist;
  return { ticker, model: model.name, bull: bull ?? '', bear: bear ?? '', thesis };
}
