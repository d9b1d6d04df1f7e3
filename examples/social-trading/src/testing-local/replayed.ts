import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inExample } from '../base/example-folder.ts';
import { shareLedger } from '../ledger/share-ledger.ts';
import { openMarket } from '../market/open-market.ts';
import { Post } from '../message/post.ts';
import type { ProgramIo } from '../program/program-io.ts';
import type { ProgramOptions } from '../program/read-options.ts';
import { runRedisReplay } from '../program/run-redis-replay.ts';
import { runReplay } from '../program/run-replay.ts';
import type { Summary } from '../program/summary.ts';
import { rehearseWith } from '../rehearsal/rehearse.ts';

export interface Replayed {
  readonly summary: Summary;
  readonly lines: readonly string[];
  readonly notices: readonly string[];
}

/** Lines of the shipped posts, from place `from` on, in a file of their own. */
export function somePosts(folder: string, count: number, from = 0, name = 'posts.jsonl'): string {
  const lines = readFileSync(inExample('data/generated-posts.jsonl'), 'utf8').trim().split('\n');
  const file = join(folder, name);
  writeFileSync(file, `${lines.slice(from, from + count).join('\n')}\n`);
  return file;
}

/** The posts of a file. */
export function postLines(file: string): readonly Post[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => Post.parse(JSON.parse(line)));
}

interface Watch {
  /** In place of stream.yaml. */
  readonly settings?: string;
  /** Of results and of notices, as they come. */
  readonly onLine?: (line: string) => void;
}

/** The program's replay in this process. @param broken SOCIAL_BREAK */
export async function replayed(
  home: string,
  options: Partial<ProgramOptions> = {},
  broken = '',
  { settings, onLine = () => {} }: Watch = {},
): Promise<Replayed> {
  const lines: string[] = [];
  const notices: string[] = [];
  const io: ProgramIo = {
    out: (line) => {
      lines.push(line);
      onLine(line);
    },
    notice: (line) => {
      notices.push(line);
      onLine(line);
    },
  };
  rehearseWith({ SOCIAL_BREAK: broken });
  const all: ProgramOptions = {
    ...{ command: 'replay', durable: false, home, redis: undefined, speed: undefined, set: {} },
    ...{ posts: inExample('data/generated-posts.jsonl'), environment: undefined, json: false },
    status: undefined,
    ...options,
  };
  const { redis } = all;
  const summary =
    redis === undefined
      ? await runReplay(all, io)
      : await runRedisReplay({ ...all, redis }, io, settings);
  return { summary, lines, notices };
}

/** Rows of the ledger that a replay left. */
export function ledgerRows(home: string, sql: string): readonly Record<string, unknown>[] {
  const market = openMarket({ kind: 'replay', folder: 'data' });
  const { ledger, release } = shareLedger(
    { file: join(home, 'social.db'), durable: false },
    market,
  );
  try {
    return ledger.rows(sql);
  } finally {
    release();
  }
}
