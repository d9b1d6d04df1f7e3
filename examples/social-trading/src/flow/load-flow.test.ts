import { expect, it } from '@jest/globals';
import { loadFlow } from './load-flow.ts';

const timeoutsAt = async (speed?: number): Promise<readonly (number | undefined)[]> => {
  const options = { home: '.', durable: false, ...(speed === undefined ? {} : { speed }) };
  const { stages } = await loadFlow('intake', options);
  return stages.filter(({ id }) => id === 'analyze').map(({ options: given }) => given.timeoutMs);
};

it('gives a server as many seconds of people, however fast the clock runs', async () => {
  expect(await timeoutsAt()).toEqual([10_000]);
  expect(await timeoutsAt(0.5)).toEqual([10_000]);
  expect(await timeoutsAt(60)).toEqual([600_000]);
});
