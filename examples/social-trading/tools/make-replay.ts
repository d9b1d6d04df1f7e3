/**
 * Writes the generated part of `data`: posts, index volumes, VIX and options. The same seed gives the same bytes. Usage:
 * `node tools/make-replay.ts [COUNT]`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIndex, generateOptions } from './generate-market.ts';
import { generatePosts } from './generate-posts.ts';

/** Of the market. */
const SEED = 11;
/** Of the posts: with it every status occurs in the replay. */
const POST_SEED = 4;
const COUNT = 600;
const data = join(import.meta.dirname, '..', 'data');

function write(name: string, text: string): void {
  writeFileSync(join(data, name), text);
  console.log(`${name}: ${text.trimEnd().split('\n').length} lines`);
}

const posts = generatePosts({ seed: POST_SEED, count: Number(process.argv[2] ?? COUNT) });
write('generated-posts.jsonl', `${posts.map((post) => JSON.stringify(post)).join('\n')}\n`);
write('generated-index.csv', generateIndex(SEED));
write('generated-options-AAPL.csv', generateOptions(SEED + 1));
write('generated-options-MSFT.csv', generateOptions(SEED + 2));
