import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChatAnalyzer } from './chat-analyzer.ts';

let server: Server;
let asked: { url: string | undefined; key: string | undefined; body: string }[];
let answer: { status: number; body: string };
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ url: request.url, key: request.headers.authorization, body });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function analyze(text: string, signal = new AbortController().signal) {
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const settings = { kind: 'openai', baseUrl, model: 'small', apiKey: 'k' } as const;
  return new ChatAnalyzer(settings).analyze(text, signal);
}

const completion = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
const sentiment = { direction: 'bullish', sentiment: 0.9, confidence: 0.8 };

describe('a language model', () => {
  it('is asked for JSON, with the post as data, and may fence its answer', async () => {
    answer = { status: 200, body: completion(`\`\`\`json\n${JSON.stringify(sentiment)}\n\`\`\``) };
    expect(await analyze('$AAPL "up"')).toEqual(sentiment);
    const [{ url, key, body } = { url: '', key: '', body: '{}' }] = asked;
    expect([url, key]).toEqual(['/v1/chat/completions', 'Bearer k']);
    const { model, temperature, messages } = JSON.parse(body);
    expect([model, temperature, messages[1]]).toEqual([
      ...['small', 0, { role: 'user', content: '$AAPL "up"' }],
    ]);
  });

  it.each([
    [200, completion('It is bullish.'), 'small answers what is no sentiment: "It is bullish."'],
    [200, completion('{"direction":"up","sentiment":1,"confidence":1}'), 'no sentiment'],
    [200, completion('{"direction":"bullish","sentiment":2,"confidence":1}'), 'no sentiment'],
    [200, '{"choices":[]}', 'no sentiment'],
    [200, '<html>', 'no JSON'],
    [429, '', 'answers 429'],
  ])('that answers %s %j fails with a reason', async (status, body, message) => {
    answer = { status, body };
    await expect(analyze('x')).rejects.toMatchObject({
      code: 'ANALYZER_UNAVAILABLE',
      message: expect.stringContaining(message),
    });
  });

  it('is left when the stage is aborted, and told of when it is not there', async () => {
    await expect(analyze('x', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    const away = new ChatAnalyzer({ kind: 'openai', baseUrl: 'http://127.0.0.1:1', model: 'm' });
    const failed = away.analyze('x', new AbortController().signal);
    await expect(failed).rejects.toThrow('http://127.0.0.1:1/chat/completions cannot be reached');
  });
});
