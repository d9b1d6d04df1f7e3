import type { Clock } from '@millrace/core';

/** `ok`; `degraded`: it works in part, or something stands in for it; `down`: it does not work. */
export type HealthStatus = 'ok' | 'degraded' | 'down';

export interface ComponentHealth {
  readonly name: string;
  readonly kind: 'source' | 'sink' | 'dead-letters' | 'journal' | 'stage';
  readonly status: HealthStatus;
  /** Why it is not ok. */
  readonly reason?: string;
  /** Wall clock of the last change, milliseconds since 1970 UTC. */
  readonly since: number;
}

/** Who of a stream is well. */
export class HealthBoard {
  readonly #clock: Clock;
  readonly #components = new Map<string, ComponentHealth>();
  /** So that success costs one look. */
  #unwell = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get components(): readonly ComponentHealth[] {
    return [...this.#components.values()];
  }

  /** The worst of a component makes the whole degraded; only what all needs takes it down. */
  get status(): HealthStatus {
    const { components } = this;
    const isDown = components.some(({ kind, status }) => status === 'down' && kind !== 'stage');
    if (isDown) return 'down';
    return this.#unwell > 0 ? 'degraded' : 'ok';
  }

  get isWell(): boolean {
    return this.#unwell === 0;
  }

  add(kind: ComponentHealth['kind'], name: string): void {
    const since = this.#clock.now();
    this.#components.set(`${kind} ${name}`, { name, kind, status: 'ok', since });
  }

  /** @returns whether its status is another one now */
  set(kind: ComponentHealth['kind'], name: string, status: HealthStatus, reason?: string): boolean {
    const place = `${kind} ${name}`;
    const known = this.#components.get(place);
    if (known === undefined) return false;
    const isChanged = known.status !== status;
    if (!isChanged && known.reason === reason) return false;
    const since = isChanged ? this.#clock.now() : known.since;
    const told = reason === undefined ? {} : { reason };
    this.#components.set(place, { name, kind, status, ...told, since });
    if (isChanged && known.status === 'ok') this.#unwell++;
    if (isChanged && status === 'ok') this.#unwell--;
    return isChanged;
  }

  /** Makes it ok again where it is as said, and not worse for another reason. */
  recover(kind: ComponentHealth['kind'], name: string, from: HealthStatus): void {
    if (this.#components.get(`${kind} ${name}`)?.status === from) this.set(kind, name, 'ok');
  }

  clear(): void {
    this.#components.clear();
    this.#unwell = 0;
  }
}
