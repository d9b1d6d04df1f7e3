import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from '../base/schema.ts';
import { messageOf, SocialError } from '../base/social-error.ts';
import { Judgement } from './judgement.ts';
import { SentimentModel } from './sentiment-model.ts';

/** Counted up whenever the meaning of the file changes: of tokens, features or classes. */
export const MODEL_FORMAT = 1;

const ModelFile = z.object({
  format: z.literal(MODEL_FORMAT),
  /** Of the training: the same sentences and settings give the same. */
  version: z.string(),
  judgement: Judgement,
  model: SentimentModel,
  /** SHA-256 of all of the above. */
  sha256: z.string(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** Writes it whole or not at all. @returns version of the model */
export function writeModelFile(path: string, model: SentimentModel, judgement: Judgement): string {
  const version = digest(JSON.stringify(model)).slice(0, 12);
  const content = { format: MODEL_FORMAT, version, judgement, model };
  const text = `${JSON.stringify({ ...content, sha256: digest(JSON.stringify(content)) })}\n`;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
  return version;
}

/** @throws SocialError MODEL_UNUSABLE where it is missing, of another format or changed since it was written */
export function readModelFile(path: string): ModelFile {
  const advice = 'train it with: npm run train-analyzer';
  const refuse = (why: string, cause?: unknown): SocialError =>
    new SocialError('MODEL_UNUSABLE', `the model ${path} ${why}; ${advice}`, { cause });
  if (!existsSync(path)) throw refuse('is not there');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw refuse(`cannot be read: ${messageOf(cause)}`, cause);
  }
  const file = ModelFile.safeParse(content);
  if (!file.success) throw refuse(`is not of format ${MODEL_FORMAT}`, file.error);
  const { sha256, ...rest } = file.data;
  const found = digest(JSON.stringify(rest));
  if (found !== sha256)
    throw refuse(
      `is damaged: its checksum is ${found.slice(0, 12)}…, expected ${sha256.slice(0, 12)}…`,
    );
  return file.data;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
