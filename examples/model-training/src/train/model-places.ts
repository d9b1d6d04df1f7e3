import type { Environment } from '../rehearsal/switches.ts';
import { loadTraining } from './load-training.ts';
import { fromPerson, type Places, placesOf } from './places.ts';

/** Where the models of the config, or of a folder that the person gave, are. Nothing is made. */
export async function modelPlaces(home: string | undefined, env: Environment): Promise<Places> {
  const given = home === undefined ? undefined : fromPerson(home, env);
  return placesOf(await loadTraining({ env }), given);
}
