import { inExample } from '../base/example-folder.ts';
import { z } from '../base/schema.ts';
import { ChatAnalyzer, ChatAnalyzerSettings } from './chat-analyzer.ts';
import { LexiconAnalyzer } from './lexicon-analyzer.ts';
import { readModelFile } from './model-file.ts';
import type { SentimentAnalyzer } from './sentiment-analyzer.ts';
import { TrainedAnalyzer } from './trained-analyzer.ts';

const modelPath = z.string().min(1).default('data/sentiment-model.json');

export const AnalyzerSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trained'), model: modelPath }),
  /** `model`: the file whose judgement tells how good the lexicon is. */
  z.strictObject({ kind: z.literal('lexicon'), model: modelPath }),
  ChatAnalyzerSettings,
]);
export type AnalyzerSettings = z.infer<typeof AnalyzerSettings>;

/** The one place that knows which analysers there are. @throws SocialError MODEL_UNUSABLE */
export function openAnalyzer(settings: AnalyzerSettings): SentimentAnalyzer {
  switch (settings.kind) {
    case 'trained':
      return new TrainedAnalyzer(inExample(settings.model));
    case 'lexicon':
      return new LexiconAnalyzer(lexiconScore(inExample(settings.model)));
    case 'openai':
      return new ChatAnalyzer(settings);
    default:
      return settings satisfies never;
  }
}

/** The lexicon needs no model, so a missing one costs it only its score. */
function lexiconScore(path: string): number | null {
  try {
    return readModelFile(path).judgement.lexicon.macroF1;
  } catch {
    return null;
  }
}
