import { httpJson, type JsonRequest } from '../base/http-json.ts';
import { ScanError } from '../base/scan-error.ts';
import { z } from '../base/schema.ts';
import type { DebateModel, Question } from './debate-model.ts';
import { modelMessages } from './model-messages.ts';

export const ChatModelSettings = z.strictObject({
  kind: z.literal('openai'),
  /** Of any server that speaks the protocol: `https://api.openai.com/v1`, `http://localhost:11434/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  model: z.string().min(1),
  /** Sent as a bearer token. Give it as `${secret:NAME}`. */
  apiKey: z.string().min(1).optional(),
});

/** Of an answer only what is used. */
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** A language model behind the chat completions protocol of OpenAI, which most servers speak. */
export class ChatModel implements DebateModel {
  readonly name: string;
  readonly #settings: z.infer<typeof ChatModelSettings>;

  constructor(settings: z.infer<typeof ChatModelSettings>) {
    this.#settings = settings;
    this.name = settings.model;
  }

  async check(signal: AbortSignal): Promise<void> {
    await this.#send('models', { signal });
  }

  async ask(question: Question, signal: AbortSignal): Promise<string> {
    const { model } = this.#settings;
    const body = { model, temperature: 0, messages: modelMessages(question) };
    const answer = Completion.safeParse(await this.#send('chat/completions', { signal, body }));
    const content = answer.data?.choices[0]?.message.content;
    if (content !== undefined) return content;
    throw new ScanError('MODEL_UNAVAILABLE', `${model} answers what is no completion`);
  }

  #send(path: string, request: Pick<JsonRequest, 'signal' | 'body'>): Promise<unknown> {
    const { baseUrl, apiKey } = this.#settings;
    const url = new URL(`${baseUrl.replace(/\/$/, '')}/${path}`);
    const headers: Record<string, string> =
      apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    return httpJson({ ...request, url, headers, code: 'MODEL_UNAVAILABLE' });
  }
}
