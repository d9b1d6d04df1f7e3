import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../base/schema.ts';
import { SocialError } from '../base/social-error.ts';
import { Direction } from '../sentiment/sentiment.ts';

/** A labelled sentence. `voice` is how and where it is said: all sentences of a voice come from the same file. */
export const Sentence = z
  .object({ voice: z.string(), direction: Direction, text: z.string().min(1) })
  .readonly();
export type Sentence = z.infer<typeof Sentence>;

/**
 * The sentences of a folder of VOICE.tsv files, a line each: direction, tab, text.
 * @throws SocialError SENTENCES_INVALID with file and line
 */
export function readSentences(folder: string): readonly Sentence[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tsv'));
  return files.sort().flatMap((file) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    return lines.map((line, at) => {
      const [direction, text] = line.split('\t');
      const read = Sentence.safeParse({ voice: file.slice(0, -'.tsv'.length), direction, text });
      if (read.success) return read.data;
      const message = `${file}:${at + 1}: expected bearish, neutral or bullish, a tab and a text, got ${JSON.stringify(line)}`;
      throw new SocialError('SENTENCES_INVALID', message);
    });
  });
}
