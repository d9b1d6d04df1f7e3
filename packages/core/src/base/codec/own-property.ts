/** Sets like an object literal does: a key `__proto__` becomes a key and never sets the prototype. */
export function setOwnProperty(
  target: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  if (name !== '__proto__') {
    target[name] = value;
    return;
  }
  const property = { value, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(target, name, property);
}
