import { readFile } from 'node:fs/promises';

/** The crash points that a session passed, each once; none when it did not come to the first. */
export async function passedPoints(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return [...new Set(text.split('\n').filter((line) => line !== ''))];
}
