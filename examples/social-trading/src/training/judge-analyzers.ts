import type { Judgement } from '../sentiment/judgement.ts';
import { LexiconAnalyzer } from '../sentiment/lexicon-analyzer.ts';
import { scoreDirections } from '../sentiment/macro-f1.ts';
import type { Direction } from '../sentiment/sentiment.ts';
import { sentimentReader } from '../sentiment/sentiment-model.ts';
import { type FitSettings, fitSentimentModel } from './fit-model.ts';
import type { Sentence } from './sentence.ts';

/**
 * Holds back one voice at a time, with all its sentences: those of one voice resemble each other, and a model that has seen
 * some of them would seem to know more than it does. Scores are of all held-back sentences together.
 */
export function judgeAnalyzers(
  sentences: readonly Sentence[],
  settings: FitSettings = {},
): Judgement {
  const voices = [...new Set(sentences.map(({ voice }) => voice))].sort();
  const truth: Direction[] = [];
  const told: Direction[] = [];
  const byVoice: Record<string, number> = {};
  for (const voice of voices) {
    const heldBack = sentences.filter((one) => one.voice === voice);
    const model = fitSentimentModel(
      sentences.filter((one) => one.voice !== voice),
      settings,
    );
    const read = sentimentReader(model);
    const answers = heldBack.map(({ text }) => read(text).direction);
    const wanted = heldBack.map(({ direction }) => direction);
    byVoice[voice] = scoreDirections(wanted, answers).macroF1;
    truth.push(...wanted);
    told.push(...answers);
  }
  const lexicon = new LexiconAnalyzer();
  const all = sentences.toSorted((a, b) => voices.indexOf(a.voice) - voices.indexOf(b.voice));
  return {
    sentences: sentences.length,
    voices,
    model: scoreDirections(truth, told),
    lexicon: scoreDirections(
      truth,
      all.map(({ text }) => lexicon.analyze(text).direction),
    ),
    alwaysNeutral: scoreDirections(
      truth,
      truth.map(() => 'neutral'),
    ),
    byVoice,
  };
}
