export type ReadinessState = 'starting' | 'ready' | 'draining';

/** Whether traffic should be sent here. Draining is final. */
export class Readiness {
  #state: ReadinessState = 'starting';

  get state(): ReadinessState {
    return this.#state;
  }

  started(): void {
    if (this.#state === 'starting') {
      this.#state = 'ready';
    }
  }

  drain(): void {
    this.#state = 'draining';
  }
}
