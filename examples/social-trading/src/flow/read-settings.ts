import { readFileSync } from 'node:fs';
import { type StreamSettingsInput, streamSettingsSchema } from '@millrace/stream';
import { duration } from 'millrace';
import { parse } from 'yaml';
import { z } from '../base/schema.ts';
import { messageOf, SocialError } from '../base/social-error.ts';
import { ConsensusRules } from '../consensus/find-consensus.ts';
import { CRYPTO_SYMBOLS } from '../message/tickers.ts';

/** Checked here, so that all faults of the file are told at once, and read by the stream itself. */
const streamSettings = z
  .custom<StreamSettingsInput>()
  .optional()
  .transform((given = {}, context) => {
    const read = streamSettingsSchema.safeParse(given);
    for (const { path, message } of read.error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    return given;
  });

const SocialSettings = z.strictObject({
  tickers: z
    .strictObject({ excluded: z.array(z.string()).default([...CRYPTO_SYMBOLS]) })
    .prefault({}),
  routing: z
    .strictObject({
      immediateConfidence: z.number().min(0).max(1).default(0.85),
      consensus: ConsensusRules.prefault({}),
    })
    .prefault({}),
  stream: streamSettings,
  redis: z
    .strictObject({
      stream: z.string().default('social:posts'),
      group: z.string().default('social-trading'),
      consumer: z.string().default('one'),
      results: z.string().default('social:results'),
      /** `wait`: results wait for Redis, and with them what comes after; `ledger`: they are published once it is back. */
      whenDown: z.enum(['wait', 'ledger']).default('wait'),
      wait: duration().prefault('10s'),
    })
    .prefault({}),
});
export type SocialSettings = z.output<typeof SocialSettings>;

/** @throws SocialError SETTINGS_INVALID with all that is wrong */
export function readSettings(path: string): SocialSettings {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SocialError('SETTINGS_INVALID', `${path} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
  const read = SocialSettings.safeParse(content ?? {});
  if (read.success) return read.data;
  const faults = read.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'it'}: ${message}`,
  );
  throw new SocialError('SETTINGS_INVALID', `${path} is wrong: ${faults.join('; ')}`);
}
