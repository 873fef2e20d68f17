import { once } from 'node:events';
import {
  ErrorCode,
  FlagNotFoundError,
  OpenFeatureEventEmitter,
  ProviderEvents,
  ProviderNotReadyError,
  StandardResolutionReasons,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import type {
  EvaluationContext,
  Provider,
  ResolutionDetails,
} from '@openfeature/server-sdk';
import { InMemStorageProvider, Unleash, UnleashEvents } from 'unleash-client';
import type { FlagSettings } from './config.ts';

type UnleashSettings = Extract<FlagSettings, { provider: 'unleash' }>;

/**
 * OpenFeature on Unleash: its flags are fetched in the background and evaluated in memory. Flags are on or off, which
 * is all the service asks for; variants of Unleash are not read.
 */
export class UnleashProvider implements Provider {
  readonly metadata = { name: 'unleash' };
  readonly runsOn = 'server';
  readonly events = new OpenFeatureEventEmitter();
  readonly #unleash: Unleash;
  readonly #deadlineMs: number;

  constructor(settings: UnleashSettings) {
    this.#deadlineMs = settings.deadlineMs;
    this.#unleash = new Unleash({
      url: settings.url,
      appName: settings.appName,
      customHeaders: { Authorization: settings.token },
      // The file system is read-only, and a copy on it would outlive a pulled kill switch.
      storageProvider: new InMemStorageProvider(),
      disableAutoStart: true,
      skipInstanceCountWarning: true,
    });
  }

  async initialize(): Promise<void> {
    const unleash = this.#unleash;
    unleash.on(UnleashEvents.Error, (error: Error) => {
      this.events.emit(
        unleash.isSynchronized() ? ProviderEvents.Stale : ProviderEvents.Error,
        { message: error.message, errorCode: ErrorCode.GENERAL },
      );
    });
    const recovered = (): void => {
      this.events.emit(ProviderEvents.Ready);
    };
    unleash.on(UnleashEvents.Synchronized, recovered);
    unleash.on(UnleashEvents.Unchanged, recovered);
    unleash.on(UnleashEvents.Changed, () => {
      recovered();
      this.events.emit(ProviderEvents.ConfigurationChanged);
    });
    const signal = AbortSignal.timeout(this.#deadlineMs);
    const synchronised = once(unleash, UnleashEvents.Synchronized, { signal });
    // The client keeps trying by itself after the deadline.
    await Promise.all([synchronised, unleash.start()]);
  }

  onClose(): Promise<void> {
    this.#unleash.destroy();
    return Promise.resolve();
  }

  resolveBooleanEvaluation(
    key: string,
    _defaultValue: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    if (!this.#unleash.isSynchronized()) {
      return Promise.reject(
        new ProviderNotReadyError('Unleash was never reached'),
      );
    }
    if (this.#unleash.getFeatureToggleDefinition(key) === undefined) {
      return Promise.reject(
        new FlagNotFoundError(`Unleash does not know the flag ${key}`),
      );
    }
    const { targetingKey } = context;
    const value = this.#unleash.isEnabled(
      key,
      targetingKey === undefined ? {} : { userId: targetingKey },
    );
    return Promise.resolve({
      value,
      variant: value ? 'on' : 'off',
      reason: StandardResolutionReasons.TARGETING_MATCH,
    });
  }

  resolveStringEvaluation(): Promise<ResolutionDetails<string>> {
    return Promise.reject(notBoolean());
  }

  resolveNumberEvaluation(): Promise<ResolutionDetails<number>> {
    return Promise.reject(notBoolean());
  }

  resolveObjectEvaluation(): Promise<ResolutionDetails<never>> {
    return Promise.reject(notBoolean());
  }
}

function notBoolean(): TypeMismatchError {
  return new TypeMismatchError('Flags of Unleash are on or off here');
}
