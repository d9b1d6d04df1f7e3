/**
 * Calls back with what a stage's method gave or threw: at once when it is no promise, so that a
 * synchronous stage costs no turn of the event loop.
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
  if (returned instanceof Promise) {
    returned.then(fulfilled, rejected);
  } else if (isThenable(returned)) {
    // A foreign thenable may call back twice or throw; a promise around it does neither.
    new Promise((resolve) => resolve(returned)).then(fulfilled, rejected);
  } else {
    fulfilled(returned);
  }
}

function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    return typeof Reflect.get(value, 'then') === 'function';
  } catch {
    return false;
  }
}
