import { expect, test } from '@jest/globals';
import { cancelOnSignals } from './cancel-on-signals.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const listeners = (): number[] => SIGNALS.map((signal) => process.listenerCount(signal));

function watched() {
  const story: string[] = [];
  const handle = { cancel: (mode?: string) => void story.push(`cancel ${mode}`) };
  return { story, release: cancelOnSignals(handle, (mode) => story.push(`tell ${mode}`)) };
}

test('the first Ctrl-C lets what runs finish, the second aborts it, each told before it is done', () => {
  const { story, release } = watched();
  process.emit('SIGINT');
  process.emit('SIGINT');
  release();
  expect(story).toEqual(['tell drain', 'cancel drain', 'tell kill', 'cancel kill']);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s aborts at once', (signal) => {
  const { story, release } = watched();
  process.emit(signal);
  release();
  expect(story).toEqual(['tell kill', 'cancel kill']);
});

test('the listeners are gone once they are released', () => {
  const before = listeners();
  const { release } = watched();
  expect(listeners()).toEqual(before.map((count) => count + 1));
  release();
  expect(listeners()).toEqual(before);
});
