import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { judgeAnalyzers } from '../training/judge-analyzers.ts';
import { readSentences } from '../training/sentence.ts';
import { Featurizer, learnFeatures } from './feature-space.ts';
import { LexiconAnalyzer } from './lexicon-analyzer.ts';
import { scoreDirections } from './macro-f1.ts';
import { readModelFile } from './model-file.ts';
import { AnalyzerSettings, openAnalyzer } from './open-analyzer.ts';
import { fitSoftmax, softmax } from './softmax-regression.ts';
import { termsOf, tokensOf } from './tokens.ts';

describe('tokens', () => {
  it('are words, tickers, numbers with their sign, and what is negated', () => {
    expect(tokensOf("RT @joe $AAPL isn't going up +5.2% https://x.example to $140")).toEqual([
      'rt',
      '$t',
      'isnt',
      'not_going',
      'up',
      '+#%',
      'to',
      '#',
    ]);
    expect(termsOf('not bad')).toEqual(['not', 'not_bad', 'not not_bad']);
  });
});

describe('features', () => {
  it('are term counts times idf, of length 1, and the balance of the lexicon', () => {
    const space = learnFeatures(['xx yy', 'xx zz', 'xx yy'], 2);
    // xx in 3 of 3, yy and the pair in 2 of 3: ln(4/4) + 1, ln(4/3) + 1.
    expect(space.terms).toEqual(['xx', 'xx yy', 'yy']);
    const rare = Math.log(4 / 3) + 1;
    expect(space.idf).toEqual([1, rare, rare]);
    const row = new Featurizer(space).row('yy buy');
    expect(row.places).toEqual([2, 3, 4]);
    // One good word of 2: 2 / (2 + 3).
    expect(row.values).toEqual([1, 2 / 5, 0]);
  });
});

describe('multinomial regression', () => {
  const rows = [0, 1, 2].map((place) => ({ places: [place], values: [1] }));

  it('gives even shares without weights, and shares by e to the score with them', () => {
    expect(
      softmax({ places: [0], values: [1] }, [
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0.5, 0.5]);
    const [a, b] = softmax({ places: [0], values: [2] }, [
      [Math.log(3), 0],
      [0, 0],
    ]);
    // e^(2 ln 3) = 9 against 1.
    expect([a, b].map((one) => Number(one?.toFixed(12)))).toEqual([0.9, 0.1]);
  });

  it('learns what tells three classes apart, and the same each time', () => {
    const options = { features: 3, classes: 3, rounds: 100 };
    const weights = fitSoftmax(rows, [0, 1, 2], options);
    for (const [at, row] of rows.entries()) {
      expect(softmax(row, weights)[at]).toBeGreaterThan(0.9);
    }
    expect(fitSoftmax(rows, [0, 1, 2], options)).toEqual(weights);
  });
});

describe('macro-F1', () => {
  it('is the mean over three classes', () => {
    // bearish: 1 of 1 and 2 said: 2/3. neutral: 1 of 2, 1 said: 2/3. bullish: all: 1.
    const scores = scoreDirections(
      ['bearish', 'neutral', 'neutral', 'bullish'],
      ['bearish', 'bearish', 'neutral', 'bullish'],
    );
    expect(scores.macroF1).toBeCloseTo((2 / 3 + 2 / 3 + 1) / 3, 12);
    expect(scores.accuracy).toBe(0.75);
    expect(scoreDirections(['bullish'], ['neutral']).macroF1).toBe(0);
  });
});

describe('the lexicon', () => {
  const { analyze } = new LexiconAnalyzer();
  it.each([
    ['$AAPL beats and rallies', 'bullish'],
    ['$AAPL misses, selling', 'bearish'],
    ['the annual meeting of $AAPL', 'neutral'],
    ['', 'neutral'],
  ])('takes %j for %s', (text, direction) => {
    const read = analyze(text);
    expect(read.direction).toBe(direction);
    expect(read.confidence).toBeLessThanOrEqual(1);
  });
});

describe('the shipped model', () => {
  const path = inExample('data/sentiment-model.json');
  const folder = useTemporaryFolder();

  it('carries the scores that held-back voices give, above lexicon and silence', () => {
    const sentences = readSentences(inExample('data/sentences'));
    const judgement = judgeAnalyzers(sentences);
    expect(readModelFile(path).judgement).toEqual(judgement);
    expect(judgement.model.macroF1).toBeGreaterThan(judgement.lexicon.macroF1);
    expect(judgement.lexicon.macroF1).toBeGreaterThan(judgement.alwaysNeutral.macroF1);
    expect(Object.values(judgement.byVoice).every((score) => score > 0.7)).toBe(true);
  });

  it('knows no sentence of the replay', () => {
    const known = new Set(readSentences(inExample('data/sentences')).map(({ text }) => text));
    const posts = readFileSync(inExample('data/generated-posts.jsonl'), 'utf8');
    for (const text of known) expect(posts).not.toContain(text.replaceAll('$T', '$AAPL'));
  });

  it.each([
    ['is not there', undefined],
    ['cannot be read', '{'],
    ['is not of format 1', '{"format":2}'],
    ['is damaged', readFileSync(path, 'utf8').replace('"version":"', '"version":"0')],
  ])('that %s is refused with what to do, and the lexicon reads instead', (why, text) => {
    const file = join(folder(), 'model.json');
    if (text !== undefined) writeFileSync(file, text);
    expect(() => readModelFile(file)).toThrow(why);
    expect(() => readModelFile(file)).toThrow('npm run train-analyzer');
    const warnings: string[] = [];
    const settings = AnalyzerSettings.parse({ kind: 'trained', model: file });
    const analyzer = openAnalyzer(settings, (message) => void warnings.push(message));
    expect(analyzer.name).toContain('lexicon');
    expect(warnings[0]).toContain(why);
    const strict = { ...settings, otherwise: 'fail' } as AnalyzerSettings;
    expect(() => openAnalyzer(strict)).toThrow(why);
  });

  it('is as sure as its three shares say, and leans as they do', () => {
    const analyzer = openAnalyzer(AnalyzerSettings.parse({ kind: 'trained' }));
    const read = analyzer.analyze('$AAPL is weak, I am short', new AbortController().signal);
    expect(read).toMatchObject({ direction: 'bearish' });
    expect(read).toHaveProperty('confidence', expect.any(Number));
    expect(analyzer.heldBack?.own).toBeGreaterThan(0.8);
  });
});

describe('a line of sentences that is none', () => {
  const folder = useTemporaryFolder();
  it('is refused with its place', () => {
    writeFileSync(join(folder(), 'a.tsv'), 'bullish\tfine\nhappy\ttext\n');
    expect(() => readSentences(folder())).toThrow('a.tsv:2: expected bearish, neutral or bullish');
  });
});
