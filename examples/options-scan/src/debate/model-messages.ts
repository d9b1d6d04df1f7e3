import type { Question, Voice } from './debate-model.ts';
import { describeFinalist } from './describe-finalist.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

const PARTS: Readonly<Record<Voice, string>> = {
  bull: 'You argue for the trade. Answer in at most 120 words, from the facts given alone.',
  bear: 'You argue against the trade and answer the bull. At most 120 words, from the facts given alone.',
  risk: [
    'You manage risk, have heard both sides and decide. Answer with one JSON object and nothing else:',
    '{"direction": "bullish" | "bearish" | "neutral", "conviction": integer 1 to 10, "entryRationale": text,',
    '"riskFactors": list of texts, "action": text}',
  ].join(' '),
};

/** A question as a chat model reads it. */
export function modelMessages({
  voice,
  finalist,
  heard,
  correction,
}: Question): readonly Message[] {
  const facts: Message = { role: 'user', content: describeFinalist(finalist) };
  const others = heard.map(
    ({ voice: who, text }): Message => ({ role: 'user', content: `The ${who} says: ${text}` }),
  );
  const again: readonly Message[] =
    correction === undefined
      ? []
      : [
          { role: 'assistant', content: correction.answer },
          { role: 'user', content: `${correction.error}. Answer again, in the form asked for.` },
        ];
  return [{ role: 'system', content: PARTS[voice] }, facts, ...others, ...again];
}
