import { inExample } from '../base/example-folder.ts';
import { z } from '../base/schema.ts';
import { messageOf } from '../base/social-error.ts';
import { ChatAnalyzer, ChatAnalyzerSettings } from './chat-analyzer.ts';
import { LexiconAnalyzer } from './lexicon-analyzer.ts';
import { readModelFile } from './model-file.ts';
import type { HeldBack, SentimentAnalyzer } from './sentiment-analyzer.ts';
import { TrainedAnalyzer } from './trained-analyzer.ts';

const modelPath = z.string().min(1).default('data/sentiment-model.json');

export const AnalyzerSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('trained'),
    model: modelPath,
    /** What reads texts where the model cannot be used. */
    otherwise: z.enum(['lexicon', 'fail']).default('lexicon'),
  }),
  /** `model`: the file whose judgement tells how good the lexicon is. */
  z.strictObject({ kind: z.literal('lexicon'), model: modelPath }),
  ChatAnalyzerSettings,
]);
export type AnalyzerSettings = z.infer<typeof AnalyzerSettings>;

/** The one place that knows which analysers there are. @throws SocialError MODEL_UNUSABLE */
export function openAnalyzer(
  settings: AnalyzerSettings,
  warn: (message: string) => void = () => {},
): SentimentAnalyzer {
  switch (settings.kind) {
    case 'trained':
      return openTrained(settings, warn);
    case 'lexicon':
      return new LexiconAnalyzer(lexiconScore(inExample(settings.model)));
    case 'openai':
      return new ChatAnalyzer(settings);
    default:
      return settings satisfies never;
  }
}

function openTrained(
  { model, otherwise }: Extract<AnalyzerSettings, { kind: 'trained' }>,
  warn: (message: string) => void,
): SentimentAnalyzer {
  try {
    return new TrainedAnalyzer(inExample(model));
  } catch (error) {
    if (otherwise === 'fail') throw error;
    warn(`the lexicon reads texts instead: ${messageOf(error)}`);
    return new LexiconAnalyzer();
  }
}

/** The lexicon needs no model, so a missing one costs it only its score. */
function lexiconScore(path: string): HeldBack | null {
  try {
    const { lexicon, alwaysNeutral } = readModelFile(path).judgement;
    const own = lexicon.macroF1;
    return { own, lexicon: own, alwaysNeutral: alwaysNeutral.macroF1 };
  } catch {
    return null;
  }
}
