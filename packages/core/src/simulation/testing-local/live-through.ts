import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readContext } from '../../executor/index.ts';
import { verifyEvents } from '../../run/index.ts';
import { expectedContext, SimulatedWorld, type Tale } from './simulated-world.ts';

type SeenBy = ConstructorParameters<typeof SimulatedWorld>[1];

/**
 * Lives through one schedule. Whatever it was: a run that succeeded has the context of an undisturbed one, every
 * stage has succeeded once, no item on record was done again, its events tell one story, and nobody owns it.
 */
export async function liveThrough(seed: number, seenBy?: SeenBy): Promise<Tale> {
  const world = new SimulatedWorld(seed, seenBy);
  try {
    const tale = await world.live();
    const { store, nodes } = world;
    strictEqual(world.repeated, undefined);
    for (const { id, status, owner } of store.listRuns({ limit: 10 })) {
      if (status !== 'succeeded') continue;
      strictEqual(owner, undefined);
      const context = await readContext(store, id);
      deepStrictEqual({ ...context.toObject() }, expectedContext(nodes));
      const events = store.loadEvents(id, 0, 1_000_000);
      verifyEvents(world.graph, events);
      const successes = events.filter(({ type }) => type === 'stage.succeeded');
      strictEqual(successes.length, nodes.length);
    }
    return tale;
  } catch (error) {
    throw new Error(`MILLRACE_SEED=${seed}\n${world.log.join('\n')}`, { cause: error });
  }
}
