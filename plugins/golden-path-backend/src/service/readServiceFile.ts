import {
  parseServiceFile,
  ServiceFile,
  SERVICE_FILE,
} from '@goldenpath/engine';
import { describeError } from './describeError';

/** A service's own file, or what is wrong with it; neither when there is none. @internal */
export interface ServiceFileReading {
  value?: ServiceFile;
  problem?: string;
}

/** Reads `golden-path.yaml`. Of one that is not valid nothing is taken; waivers approved before go on. @internal */
export function readServiceFile(text: string | undefined): ServiceFileReading {
  if (text === undefined) {
    return {};
  }
  try {
    return { value: parseServiceFile({ text, file: SERVICE_FILE }) };
  } catch (error) {
    return {
      problem: `${describeError(
        error,
      )} (nothing new of ${SERVICE_FILE} is taken; waivers already approved go on)`,
    };
  }
}
