/**
 * Makes stand-ins that show some properties of an object, and nothing else of it. On a stand-in they are own,
 * enumerable and read-only, so that it can be taken apart and spread (`{ inputs, ...rest }`), and each is worked out
 * when it is asked for. To make one costs a tenth of what an object with getters of its own costs.
 */
export function ownView<Shown extends object>(
  names: readonly (keyof Shown & string)[],
): (target: Shown) => Shown {
  const shown = new Set<string | symbol>(names);
  const handler: ProxyHandler<Shown> = {
    get: (target, name) => Reflect.get(shown.has(name) ? target : Object.prototype, name),
    has: (_, name) => shown.has(name) || Reflect.has(Object.prototype, name),
    ownKeys: () => [...names],
    getOwnPropertyDescriptor: (target, name) =>
      shown.has(name)
        ? { value: Reflect.get(target, name), enumerable: true, configurable: true }
        : undefined,
    getPrototypeOf: () => Object.prototype,
    setPrototypeOf: () => false,
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    preventExtensions: () => false,
  };
  return (target) => new Proxy(target, handler);
}
