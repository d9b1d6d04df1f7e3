import { PipelineStage, type StageScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { SocialError } from '../src/base/social-error.ts';
import { Judgement } from '../src/sentiment/judgement.ts';
import { writeModelFile } from '../src/sentiment/model-file.ts';
import { SentimentModel } from '../src/sentiment/sentiment-model.ts';
import { fitSentimentModel } from '../src/training/fit-model.ts';
import { judgeAnalyzers } from '../src/training/judge-analyzers.ts';
import { readSentences, Sentence } from '../src/training/sentence.ts';
import { describeResult } from './describe-result.ts';

const sentences = z.array(Sentence).readonly();
const fitParams = z.object({
  l2: z.number().positive().default(0.001),
  rounds: z.int().min(1).default(300),
});

export class ReadSentences extends PipelineStage.of({
  description: 'Reads the labelled sentences, a file for each voice.',
  params: z.object({ folder: z.string() }),
  outputs: z.object({ sentences }),
}) {
  run(scope: StageScope<typeof ReadSentences>) {
    const found = readSentences(inExample(scope.params.folder));
    const voices = new Set(found.map(({ voice }) => voice)).size;
    describeResult(scope, `${found.length} sentences in ${voices} voices`);
    return { sentences: found };
  }
}

export class JudgeAnalyzers extends PipelineStage.of({
  description: 'Holds back one voice after the other, and compares model, lexicon and silence.',
  params: fitParams,
  inputs: z.object({ sentences }),
  outputs: z.object({ judgement: Judgement }),
}) {
  run(scope: StageScope<typeof JudgeAnalyzers>) {
    const { l2, rounds } = scope.params;
    const judgement = judgeAnalyzers(scope.inputs.sentences, { l2, rounds });
    describeResult(scope, `held-back macro-F1 ${judgement.model.macroF1.toFixed(3)}`);
    return { judgement };
  }
}

export class FitModel extends PipelineStage.of({
  description: 'Trains the analyser on all sentences.',
  params: fitParams,
  inputs: z.object({ sentences }),
  outputs: z.object({ model: SentimentModel }),
}) {
  run(scope: StageScope<typeof FitModel>) {
    const { l2, rounds } = scope.params;
    const model = fitSentimentModel(scope.inputs.sentences, { l2, rounds });
    describeResult(scope, `${model.space.terms.length} terms`);
    return { model };
  }
}

export class SaveModel extends PipelineStage.of({
  description:
    'Writes the model with its judgement and its checksum, unless the lexicon is better.',
  params: z.object({ file: z.string() }),
  inputs: z.object({ model: SentimentModel, judgement: Judgement }),
  outputs: z.object({ saved: z.object({ file: z.string(), version: z.string() }) }),
}) {
  run(scope: StageScope<typeof SaveModel>) {
    const { model, judgement } = scope.inputs;
    const { alwaysNeutral, lexicon } = judgement;
    const toBeat = Math.max(lexicon.macroF1, alwaysNeutral.macroF1);
    if (judgement.model.macroF1 <= toBeat) {
      const got = `a held-back macro-F1 of ${judgement.model.macroF1.toFixed(3)}`;
      const message = `the model has ${got}, expected above ${toBeat.toFixed(3)}: use the lexicon, or more sentences`;
      throw new SocialError('MODEL_TOO_WEAK', message);
    }
    const { file } = scope.params;
    const version = writeModelFile(inExample(file), model, judgement);
    describeResult(scope, `${file}, version ${version}`);
    return { saved: { file, version } };
  }
}
