import { types } from 'node:util';

/**
 * Calls back once with what a stage's method gave or threw: at once when it is no promise, so that a
 * synchronous stage costs no turn of the event loop. Nothing that the method returned can make it throw.
 */
export function whenSettled(
  call: () => unknown,
  fulfilled: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): void {
  let returned: unknown;
  try {
    returned = call();
  } catch (error) {
    rejected(error);
    return;
  }
  if (isPlainPromise(returned)) {
    returned.then(fulfilled, rejected);
  } else if (isThenable(returned)) {
    // A foreign thenable may call back twice or throw; a promise around it does neither.
    new Promise((resolve) => resolve(returned)).then(fulfilled, rejected);
  } else {
    fulfilled(returned);
  }
}

/** One whose `then`, and the promise that it makes, are those of Promise itself: no subclass, no property in their place. */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  return (
    types.isPromise(value) &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    !Object.hasOwn(value, 'then') &&
    !Object.hasOwn(value, 'constructor')
  );
}

function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    return typeof Reflect.get(value, 'then') === 'function';
  } catch {
    return false;
  }
}
