import { createInterface } from 'node:readline/promises';

interface AskRequest {
  /** Taken for an empty answer. */
  readonly suggested: string;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks for a name; undefined when the person gave up, with Ctrl-C or Ctrl-D. */
export async function askName({
  suggested,
  input,
  output,
}: AskRequest): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  const givenUp = new AbortController();
  lines.once('SIGINT', () => givenUp.abort());
  lines.once('close', () => givenUp.abort());
  try {
    const answer = await lines.question(`name (${suggested}): `, { signal: givenUp.signal });
    return answer.trim() === '' ? suggested : answer.trim();
  } catch (error) {
    if (givenUp.signal.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}
