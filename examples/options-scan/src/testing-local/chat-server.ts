import type { ServerResponse } from 'node:http';
import { answerJson, bodyOf, LocalServer } from './local-server.ts';

/** How the server treats one question. */
export type Behaviour =
  | 'answers'
  /** Says nothing, for ever. */
  | 'hangs'
  /** A completion whose thesis is no JSON. */
  | 'bad thesis'
  /** No completion at all. */
  | 'garbled'
  | 'busy'
  | 'broken'
  /** Closes the connection in the middle of its answer. */
  | 'cuts off';

export interface Asked {
  readonly voice: 'bull' | 'bear' | 'risk';
  readonly ticker: string;
  /** Which time this voice is asked about this ticker, from 1. */
  readonly time: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly authorization: string | undefined;
}

export const GOOD_THESIS = {
  direction: 'bullish',
  conviction: 8,
  entryRationale: 'The trend holds.',
  riskFactors: ['It may turn.'],
  action: 'Buy it',
} as const;

/** A real server that speaks the chat protocol, and misbehaves as it is told. */
export class ChatServer implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly #behave: (asked: Asked) => Behaviour;
  #server: LocalServer | undefined;
  #watchers: (() => void)[] = [];
  #health: 'answers' | 'hangs' | 'broken';

  private constructor(
    behave: (asked: Asked) => Behaviour,
    health: 'answers' | 'hangs' | 'broken' = 'answers',
  ) {
    this.#behave = behave;
    this.#health = health;
  }

  static async start(
    behave: (asked: Asked) => Behaviour = () => 'answers',
    health: 'answers' | 'hangs' | 'broken' = 'answers',
  ): Promise<ChatServer> {
    const chat = new ChatServer(behave, health);
    chat.#server = await LocalServer.start((request, response) => {
      if (request.url === '/v1/models') return chat.#models(response);
      bodyOf(request).then((body) => chat.#complete(body, request.headers.authorization, response));
    });
    return chat;
  }

  get baseUrl(): string {
    return `${this.#server?.baseUrl}/v1`;
  }

  /** Resolves once it was asked so often. */
  async askedTimes(count: number): Promise<void> {
    while (this.asked.length < count) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  becomesHealthy(): void {
    this.#health = 'answers';
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #models(response: ServerResponse): void {
    if (this.#health === 'answers') answerJson(response, { data: [] });
    if (this.#health === 'broken') answerJson(response, {}, 500);
  }

  #complete(body: string, authorization: string | undefined, response: ServerResponse): void {
    const { messages } = JSON.parse(body) as Pick<Asked, 'messages'>;
    const part = messages[0]?.content ?? '';
    const voice = part.includes('against') ? 'bear' : part.includes('argue for') ? 'bull' : 'risk';
    const ticker = /^Ticker (\S+),/.exec(messages[1]?.content ?? '')?.[1] ?? '';
    const before = this.asked.filter((one) => one.voice === voice && one.ticker === ticker);
    const asked = { voice, ticker, time: before.length + 1, messages, authorization } as const;
    this.asked.push(asked);
    answer(this.#behave(asked), asked, response);
    for (const wake of this.#watchers.splice(0)) wake();
  }
}

function answer(behaviour: Behaviour, { voice, ticker }: Asked, response: ServerResponse): void {
  const say = (content: string): void =>
    answerJson(response, { choices: [{ message: { content } }] });
  switch (behaviour) {
    case 'answers':
      say(voice === 'risk' ? JSON.stringify(GOOD_THESIS) : `The ${voice} speaks of ${ticker}.`);
      break;
    case 'hangs':
      break;
    case 'bad thesis':
      say(voice === 'risk' ? 'I would buy it.' : `The ${voice} speaks of ${ticker}.`);
      break;
    case 'garbled':
      response.end('<html>no completion</html>');
      break;
    case 'busy':
      answerJson(response, {}, 429);
      break;
    case 'broken':
      answerJson(response, {}, 500);
      break;
    case 'cuts off':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices": [');
      setImmediate(() => response.destroy());
      break;
    default:
      behaviour satisfies never;
  }
}
