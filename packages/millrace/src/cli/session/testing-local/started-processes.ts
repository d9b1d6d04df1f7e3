import type { Going, Workspace } from '../../testing-local/workspace.ts';

/** The processes that a test has started, so that none outlives it. */
export class StartedProcesses {
  readonly #workspace: Workspace;
  readonly #started: Going[] = [];

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  start(...args: readonly string[]): Going {
    const going = this.#workspace.start(args);
    this.#started.push(going);
    return going;
  }

  async kill(): Promise<void> {
    for (const { child } of this.#started) child.kill('SIGKILL');
    await Promise.all(this.#started.map(({ ended }) => ended));
  }
}
