import { type Random, seededRandom } from '@millrace/quant';
import type { AuthorTier, Post } from '../src/message/post.ts';
import type { Direction } from '../src/sentiment/sentiment.ts';
import { CLOSERS, CORES, OPENERS } from './post-texts.ts';

const MINUTE = 60_000;
const AUTHORS = 40;
const DAYS = ['2016-04-26', '2016-04-27'];

export interface PostOptions {
  readonly seed: number;
  readonly count: number;
}

/** Posts of two days from before the session until after it, by the seed; generated, and nobody wrote them. */
export function generatePosts({ seed, count }: PostOptions): readonly Post[] {
  const random = seededRandom(seed);
  const times = Array.from({ length: count }, () => timeOf(random)).sort((a, b) => a - b);
  const posts: Post[] = [];
  for (const [at, time] of times.entries()) posts.push(nextPost(posts, at, time, random));
  return posts;
}

/** Mostly in the session, some before and after it. */
function timeOf(random: Random): number {
  const day = Date.parse(`${DAYS[Math.floor(random() * DAYS.length)]}T00:00:00Z`);
  // 13:30 to 20:00 UTC is the session.
  const isSession = random() < 0.85;
  const minute = isSession ? 810 + random() * 390 : 720 + random() * 630;
  return day + Math.floor(minute * 60) * 1000;
}

function nextPost(before: readonly Post[], at: number, time: number, random: Random): Post {
  const last = before.findLast(({ at: then }) => time - then < 4 * MINUTE);
  const luck = random();
  // A source that gives a post twice, and people who copy each other.
  if (last !== undefined && luck < 0.02) return last;
  const author = 1 + Math.floor(random() * AUTHORS);
  const tier: AuthorTier = author <= 6 ? 1 : author <= 24 ? 2 : 3;
  const head = { id: `post-${String(at + 1).padStart(4, '0')}`, author: `author-${author}`, tier };
  if (last !== undefined && luck < 0.08)
    return { ...head, text: `RT @${last.author.replace('-', '')}: ${last.text}!`, at: time };
  return { ...head, text: textOf(time, random), at: time };
}

function textOf(time: number, random: Random): string {
  const ticker = tickerOf(random);
  const core = pick(CORES[moodOf(ticker, time, random)], random);
  const text = pick(OPENERS, random) + core.replaceAll('$T', `$${ticker}`) + pick(CLOSERS, random);
  return random() < 0.04 ? `${text}, same for ${ticker === 'AAPL' ? '$MSFT' : '$AAPL'}` : text;
}

function tickerOf(random: Random): string {
  const luck = random();
  if (luck < 0.44) return 'AAPL';
  if (luck < 0.9) return 'MSFT';
  if (luck < 0.94) return 'TSLA';
  return luck < 0.97 ? 'BTC' : 'spy';
}

/** Crowds turn by the hour: two sides of three posts agree, the rest does not. */
function moodOf(ticker: string, time: number, random: Random): Direction {
  const hour = Math.floor(time / (60 * MINUTE));
  const isUp = (hour + ticker.charCodeAt(0)) % 2 === 0;
  const luck = random();
  if (luck < 0.62) return isUp ? 'bullish' : 'bearish';
  return luck < 0.82 ? 'neutral' : isUp ? 'bearish' : 'bullish';
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
